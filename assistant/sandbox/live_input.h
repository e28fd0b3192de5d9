#pragma once
// The stdin of a program that is talked to while it runs.
//
//     auto input = std::make_shared<LiveInput>();
//     request.liveInput = input;
//     request.onOutput = [&](std::string_view text) { if (asks(text)) input->write("Ada\n"); };
//     sandbox.run(request, stop);      // from another thread than the one that waits for a person
//
// Any thread may write and close, also before the program starts and after it has ended (then nothing happens). One
// LiveInput belongs to one run.

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "assistant/sandbox/file_descriptor.h"

namespace lemma::assistant {

class LiveInput {
public:
    LiveInput();

    void write(std::string_view bytes); // kept until the program reads
    void close();                       // after what was written the program reads the end of its input

    // For the thread that runs the job. Readable when there is something to do:
    int wakeUp() const { return m_wakeUp.get(); }
    // Writes what `target`, a pipe that does not block, takes now.
    enum class State : unsigned char { Idle, Pending, Finished };
    State pump(int target);

private:
    FileDescriptor m_wakeUp; // an eventfd
    std::mutex m_mutex;
    std::string m_pending;
    std::size_t m_written = 0; // of m_pending
    bool m_isClosed = false;
};

} // namespace lemma::assistant
