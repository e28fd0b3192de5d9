#include <QTest>

#include "kernels/cpu/cpu_kernels.h"

#include <cmath>

using namespace lemma::kernels::cpu;

class KernelSelectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingWantedGivesTheBest()
    {
        for (const char* wanted : {static_cast<const char*>(nullptr), ""}) {
            const KernelSelection selection = selectKernels(wanted);
            QCOMPARE(selection.kernels, runnableKernels().front());
            QVERIFY(!selection.forced && !selection.refused);
        }
    }

    void portableRunsEverywhere() { QCOMPARE(runnableKernels().back()->set, KernelSet::Portable); }

    void eachRunnableSetCanBeForced()
    {
        for (const CpuKernels* set : runnableKernels()) {
            const KernelSelection selection = selectKernels(std::string(set->name).c_str());
            QCOMPARE(selection.kernels, set);
            QVERIFY(selection.forced && !selection.refused);
        }
    }

    void anImpossibleSetIsRefused()
    {
        const KernelSelection selection = selectKernels("altivec");
        QCOMPARE(selection.kernels, runnableKernels().front());
        QVERIFY(!selection.forced && selection.refused);
    }

    // The key (1 + 2^-12, -1, 0 ...) by the query (1 + 2^-12, 1 + 2^-11, 0 ...): the first product is 1 + 2^-11 +
    // 2^-24. A fused multiply-add keeps its last bit, a separate multiplication loses it; with both dimensions in one
    // lane (8 apart) the score is 2^-24 or 0. Scaled by 2^24 that decides between two values: proof of which code ran.
    void theForcedSetComputes()
    {
        using namespace lemma::kernels;
        for (const CpuKernels* set : runnableKernels()) {
            float keys[2][16] = {};
            float query[16] = {};
            query[0] = -(1.0F + 0x1p-11F); // first in the lane, exact
            keys[0][0] = 1.0F;
            query[8] = 1.0F + 0x1p-12F;
            keys[0][8] = 1.0F + 0x1p-12F;
            float values[2][8] = {{1.0F}, {0.0F}};
            const std::byte* keyPage = reinterpret_cast<const std::byte*>(keys);
            const std::byte* valuePage = reinterpret_cast<const std::byte*>(values);
            const AttentionShape shape{1, 1, 16, 8, 0x1p24F};
            const KvPages pages{KvType::F32, 2, &keyPage, &valuePage, 16, 16, 8, 8};
            float output[8] = {};
            std::vector<float> scratch;
            set->attention(shape, pages, query, 1, 0, 1, 0, 1, output, scratch);
            const float fused = 1.0F / (1.0F + std::exp(-1.0F)); // scores 1 and 0
            QVERIFY(std::fabs(output[0] - (set->set == KernelSet::Portable ? 0.5F : fused)) < 1e-6F);
        }
    }
};

QTEST_APPLESS_MAIN(KernelSelectionTest)
#include "kernel_selection_test.moc"
