#include <QTest>

#include "engine/sampling/random.h"

using lemma::engine::Random;

class RandomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The first outputs of the authors' xoshiro256++ for the state 1, 2, 3, 4.
    void isXoshiro256PlusPlus()
    {
        Random random(Random::State{1, 2, 3, 4});
        for (const std::uint64_t expected :
             {41943041ull, 58720359ull, 3588806011781223ull, 3591011842654386ull, 9228616714210784205ull})
            QCOMPARE(random.next(), expected);
    }

    // The first outputs of the authors' splitmix64 for the seed 1234567.
    void isSeededBySplitMix()
    {
        QCOMPARE(Random(1234567).state(), (Random::State{6457827717110365317ull, 3203168211198807973ull,
                                                         9817491932198370423ull, 4593380528125082431ull}));
    }

    void uniformNumbersAreInRange()
    {
        Random random(0);
        double sum = 0;
        for (int i = 0; i < 100000; ++i) {
            const double x = random.uniform();
            QVERIFY(x >= 0 && x < 1);
            sum += x;
        }
        QVERIFY(std::abs(sum / 100000 - 0.5) < 0.005); // standard deviation of the mean: 0.0009
    }

    void goesOnFromASavedState()
    {
        Random random(5);
        random.next();
        Random copy(random.state());
        QCOMPARE(copy.next(), random.next());
    }
};

QTEST_APPLESS_MAIN(RandomTest)
#include "random_test.moc"
