// How long a verdict takes: median and 95th percentile over the shared cases of other graders and over the texts that
// were written to hurt. Prints; asserts nothing about time.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <QTest>
#include <nlohmann/json.hpp>

#include "tests/support/hostile_texts.h"
#include "tests/support/test_paths.h"
#include "tutor/checker/grade.h"
#include "tutor/math/parser.h"
#include "tutor/solver/solve.h"

using namespace lemma::tests;
using namespace lemma::tutor;

namespace {

// Milliseconds of each call, and who took longest.
class Times {
public:
    template <typename Work>
    void measure(const std::string& name, const Work& work)
    {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
        m_times.push_back({spent.count(), name});
    }

    void print(const char* what)
    {
        if (m_times.empty())
            return;
        std::sort(m_times.begin(), m_times.end());
        const auto at = [&](double share) {
            return m_times[static_cast<std::size_t>(share * static_cast<double>(m_times.size() - 1))].first;
        };
        qInfo("%-20s %5zu calls: median %.3f ms, 95th percentile %.3f ms, longest %.1f ms (%s)", what, m_times.size(),
              at(0.5), at(0.95), m_times.back().first, m_times.back().second.substr(0, 40).c_str());
        constexpr double slow = 50; // what the promise is, on a quiet machine
        for (const auto& [time, name] : m_times)
            if (time > slow)
                qInfo("%s, slow: %.1f ms, %s", what, time, name.substr(0, 40).c_str());
    }

private:
    std::vector<std::pair<double, std::string>> m_times;
};

} // namespace

class GradeBench : public QObject {
    Q_OBJECT

private slots:
    void sharedCases();
    void hostileTexts_();
};

void GradeBench::sharedCases()
{
    std::ifstream file(sharedDirectory() / "data/grader/cases.json", std::ios::binary);
    if (!file)
        QSKIP("LEMMA_SHARED_DIR has no grader cases");
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    const nlohmann::json document = nlohmann::json::parse(content, nullptr, false);
    QVERIFY(document.is_object());
    Times verdicts, reading;
    for (const nlohmann::json& row : document["cases"]) {
        const std::string gold = row["gold"], answer = row["answer"];
        reading.measure(gold, [&] { (void)parseMath(gold); });
        verdicts.measure(gold, [&] { (void)grade(gold, answer); });
    }
    reading.print("cases, read");
    verdicts.print("cases, graded");
}

void GradeBench::hostileTexts_()
{
    Times verdicts, reading, solving;
    for (const HostileText& one : hostileTexts(LEMMA_TEST_DATA_DIR "/tutor/hostile.json")) {
        reading.measure(one.name, [&] { (void)parseMath(one.text); });
        verdicts.measure(one.name, [&] { (void)grade(one.text, one.text + "+1"); });
        solving.measure(one.name, [&] { (void)solveText(one.text + "=0", {}, Budget()); });
    }
    reading.print("hostile, read");
    verdicts.print("hostile, graded");
    solving.print("hostile, solved");
}

QTEST_APPLESS_MAIN(GradeBench)
#include "grade_bench.moc"
