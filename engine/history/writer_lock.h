#pragma once
// Tells answers that are being written right now from those whose writer died. Internal to engine/history.
//
// Each writer locks the byte of its message's number in a file beside the database. The kernel drops the lock when the
// process ends, however it ends, so no time-out and no process number has to be believed. The locks belong to the open
// file (F_OFD_SETLK), so two stores of one process see each other's as well. One owner thread.

#include <cstdint>
#include <filesystem>

#include "engine/base/result.h"

namespace lemma::engine {

class WriterLock {
public:
    static Result<WriterLock> open(const std::filesystem::path& path);

    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&& other) noexcept;
    ~WriterLock();

    Result<void> hold(std::int64_t message);
    void release(std::int64_t message);

    // Whether somebody else (another process, or another WriterLock of this one) holds it.
    bool heldElsewhere(std::int64_t message) const;

private:
    explicit WriterLock(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor = -1;
};

} // namespace lemma::engine
