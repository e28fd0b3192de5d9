#pragma once
// SQLite's default file system with a fault on command: writes, syncs and truncations fail as on a full disk.
// Registered once for the process as the default, so the code under test is what users run.

namespace lemma::tests {

class FailingVfs {
public:
    static void install();

    // Lets `count` operations pass; every later one fails until disarm().
    static void failAfter(int count);
    static void disarm();
    static bool fired(); // since failAfter
};

} // namespace lemma::tests
