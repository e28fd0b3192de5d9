#include <atomic>
#include <numeric>
#include <vector>

#include <QTest>

#include "engine/base/thread_pool.h"

using lemma::engine::ThreadPool;

class ThreadPoolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void callsEachIndexOnce_data()
    {
        QTest::addColumn<int>("threads");
        for (int threads : {1, 2, 3, 8})
            QTest::newRow(qPrintable(QString::number(threads))) << threads;
    }
    void callsEachIndexOnce()
    {
        QFETCH(int, threads);
        ThreadPool pool(threads);
        QCOMPARE(pool.threadCount(), threads);
        for (std::size_t count : {0, 1, 2, 7, 64, 1000}) {
            std::vector<std::atomic<int>> calls(count);
            pool.parallelFor(count, [&](std::size_t i) { ++calls[i]; });
            for (const auto& n : calls)
                QCOMPARE(n.load(), 1);
        }
    }

    // Many short joins in a row: a worker that comes late to one generation must not touch the next.
    void lateWorkersDoNoHarm()
    {
        ThreadPool pool(4);
        std::size_t total = 0;
        for (std::size_t round = 0; round < 20000; ++round) {
            std::atomic<std::size_t> sum{0};
            const std::size_t count = 1 + round % 5;
            pool.parallelFor(count, [&](std::size_t i) { sum += i + 1; });
            QCOMPARE(sum.load(), count * (count + 1) / 2);
            total += sum;
        }
        QVERIFY(total > 0);
    }

    void sleepsAndWakes()
    {
        ThreadPool pool(3);
        for (int round = 0; round < 5; ++round) {
            QTest::qSleep(20); // longer than the spin: the workers sleep
            std::atomic<int> sum{0};
            pool.parallelFor(50, [&](std::size_t) { ++sum; });
            QCOMPARE(sum.load(), 50);
        }
    }
};

QTEST_APPLESS_MAIN(ThreadPoolTest)
#include "thread_pool_test.moc"
