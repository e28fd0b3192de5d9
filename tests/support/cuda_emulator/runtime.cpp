#include "tests/support/cuda_emulator/runtime.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <random>

#include "tests/support/cuda_emulator/block.h"

namespace lemma::tests::cuda_emulator {
namespace {

constexpr std::size_t zone = 256; // bytes before and behind an allocation that nobody may write
constexpr unsigned char zoneByte = 0xA5;

struct Allocation {
    std::vector<unsigned char> storage; // zone, contents (aligned as on a card), zone
    std::size_t offset = 0;
    std::size_t bytes = 0;
};

struct Device {
    std::map<unsigned char*, Allocation> table; // by the address that the program sees
    std::mt19937 random{1};
    Settings settings;
    cudaError_t sticky = cudaSuccess;
    std::vector<std::string> problems;
};
Device device;

void checkZones()
{
    for (auto& [address, allocation] : device.table) {
        const auto intact = [](unsigned char byte) { return byte == zoneByte; };
        if (!std::all_of(address - zone, address, intact) ||
            !std::all_of(address + allocation.bytes, address + allocation.bytes + zone, intact)) {
            device.problems.push_back("a kernel wrote outside of an allocation of " + std::to_string(allocation.bytes) +
                                      " bytes");
            std::fill(address - zone, address, zoneByte);
            std::fill(address + allocation.bytes, address + allocation.bytes + zone, zoneByte);
        }
    }
}

bool isDeviceRange(const void* pointer, std::size_t bytes)
{
    const auto start = reinterpret_cast<std::uintptr_t>(pointer);
    return std::ranges::any_of(device.table, [&](const auto& entry) {
        const auto first = reinterpret_cast<std::uintptr_t>(entry.first);
        return start >= first && bytes <= entry.second.bytes && start - first <= entry.second.bytes - bytes;
    });
}

cudaError_t problem(cudaError_t error, const std::string& text)
{
    device.problems.push_back(text);
    return error;
}

} // namespace

void reset(const Settings& settings)
{
    checkZones();
    std::vector<std::string> leaks;
    for (const auto& [address, allocation] : device.table)
        leaks.push_back("leaked " + std::to_string(allocation.bytes) + " bytes");
    device = {};
    device.random.seed(settings.seed);
    device.settings = settings;
    device.problems = leaks;
}

const std::vector<std::string>& problems()
{
    checkZones();
    return device.problems;
}

std::size_t bytesAllocated()
{
    std::size_t sum = 0;
    for (const auto& [address, allocation] : device.table)
        sum += allocation.bytes;
    return sum;
}

cudaError_t launch(const cudaLaunchConfig_t& config, const std::function<void()>& body)
{
    if (device.sticky != cudaSuccess)
        return device.sticky;
    const dim3 grid = config.gridDim;
    const dim3 block = config.blockDim;
    // The limits that every card has.
    if (grid.x == 0 || grid.y == 0 || grid.z == 0 || grid.y > 65535 || grid.z > 65535 ||
        block.x * block.y * block.z == 0 || block.x * block.y * block.z > 1024 || config.dynamicSmemBytes > 48 * 1024)
        return problem(cudaErrorInvalidConfiguration, "a launch with impossible sizes");
    if (device.settings.failLaunch > 0 && --device.settings.failLaunch == 0)
        return device.sticky = cudaErrorLaunchFailure;
    const LaunchShape shape{{grid.x, grid.y, grid.z}, {block.x, block.y, block.z}, config.dynamicSmemBytes};
    std::vector<unsigned> order(std::size_t{grid.x} * grid.y * grid.z);
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<unsigned>(i);
    std::ranges::shuffle(order, device.random);
    for (const unsigned i : order) {
        Block one(shape, {i % grid.x, i / grid.x % grid.y, i / (grid.x * grid.y)}, device.random);
        const std::string found = one.run(body);
        if (!found.empty()) {
            device.sticky = cudaErrorLaunchFailure;
            return problem(device.sticky, found);
        }
    }
    checkZones();
    return cudaSuccess;
}

} // namespace lemma::tests::cuda_emulator

using namespace lemma::tests::cuda_emulator;

cudaError_t cudaMalloc(void** pointer, std::size_t bytes)
{
    if (device.sticky != cudaSuccess)
        return device.sticky;
    if (device.settings.failAllocation > 0 && --device.settings.failAllocation == 0)
        return cudaErrorMemoryAllocation;
    Allocation allocation;
    allocation.storage.assign(bytes + 3 * zone, zoneByte);
    const auto start = reinterpret_cast<std::uintptr_t>(allocation.storage.data());
    allocation.offset = zone + (zone - start % zone) % zone; // cudaMalloc aligns to 256 bytes
    allocation.bytes = bytes;
    unsigned char* address = allocation.storage.data() + allocation.offset;
    std::memset(address, 0xFF, bytes);
    device.table.emplace(address, std::move(allocation));
    *pointer = address;
    return cudaSuccess;
}

cudaError_t cudaFree(void* pointer)
{
    checkZones();
    if (pointer && device.table.erase(static_cast<unsigned char*>(pointer)) == 0)
        return problem(cudaErrorInvalidValue, "cudaFree of what is no allocation");
    return device.sticky;
}

cudaError_t cudaMemcpy(void* target, const void* source, std::size_t bytes, cudaMemcpyKind kind)
{
    if (device.sticky != cudaSuccess)
        return device.sticky;
    checkZones();
    if ((kind != cudaMemcpyDeviceToHost && !isDeviceRange(target, bytes)) ||
        (kind != cudaMemcpyHostToDevice && !isDeviceRange(source, bytes)))
        return problem(cudaErrorInvalidValue, "a copy outside of an allocation");
    std::memmove(target, source, bytes);
    return cudaSuccess;
}

cudaError_t cudaDeviceSynchronize()
{
    checkZones();
    return device.sticky;
}
