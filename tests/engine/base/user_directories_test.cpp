#include <QTest>

#include "engine/base/user_directories.h"

using namespace lemma::engine;

class UserDirectoriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheEnvironment()
    {
        qputenv("XDG_DATA_HOME", "/data/home");
        QCOMPARE(userDataDirectory().string(), std::string("/data/home"));
        qputenv("XDG_DATA_HOME", "relative"); // to be ignored, says the specification
        qputenv("HOME", "/home/ada");
        QCOMPARE(userDataDirectory().string(), std::string("/home/ada/.local/share"));
        qunsetenv("XDG_DATA_HOME");
        qunsetenv("HOME");
        QVERIFY(userDataDirectory().is_absolute()); // from the user database
    }

    void systemDirectoriesInOrder()
    {
        qputenv("XDG_DATA_DIRS", "/opt/a:relative::/opt/b");
        const std::vector<std::filesystem::path> expected{"/opt/a", "/opt/b"};
        QVERIFY(systemDataDirectories() == expected);
        qunsetenv("XDG_DATA_DIRS");
        const std::vector<std::filesystem::path> usual{"/usr/local/share", "/usr/share"};
        QVERIFY(systemDataDirectories() == usual);
    }
};

QTEST_APPLESS_MAIN(UserDirectoriesTest)
#include "user_directories_test.moc"
