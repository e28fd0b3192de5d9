// The grader against files of cases: our own, all of which it must decide as a teacher would, and those of public
// graders (shared data), where every disagreement is listed with its reason.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <QTest>
#include <nlohmann/json.hpp>

#include "tests/support/test_paths.h"
#include "tutor/answer/grade_cases.h"

using namespace lemma::tutor;

namespace {

std::string contentsOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<GradeCase> casesIn(const std::filesystem::path& path)
{
    auto cases = gradeCasesFromJson(contentsOf(path));
    return cases ? *std::move(cases) : std::vector<GradeCase>();
}

std::filesystem::path dataFolder() { return std::filesystem::path(LEMMA_TEST_DATA_DIR) / "tutor"; }

bool isAllowed(const nlohmann::json& list, const GradeCase& one)
{
    return std::any_of(list.begin(), list.end(), [&](const nlohmann::json& entry) {
        const std::string source = entry.at("source"), part = entry.value("case_id_contains", "");
        if (!one.source.starts_with(source))
            return false;
        return part.empty() ? one.id == entry.at("case_id") : one.id.find(part) != std::string::npos;
    });
}

} // namespace

class GradeCasesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ownCases_data()
    {
        QTest::addColumn<std::size_t>("number");
        const std::vector<GradeCase> cases = casesIn(dataFolder() / "grade_cases.json");
        QVERIFY(cases.size() >= 200);
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].id.c_str()) << i;
    }
    void ownCases()
    {
        QFETCH(std::size_t, number);
        static const std::vector<GradeCase> cases = casesIn(dataFolder() / "grade_cases.json");
        const GradeCase& one = cases[number];
        const Verdict verdict = gradeCase(one);
        const std::string said = one.gold + " | " + one.answer + ": " + std::string(equalityName(verdict.equality)) +
                                 ", " + std::string(reasonName(verdict.reason)) + " " + verdict.formSentence;
        QVERIFY2(agrees(one, verdict), said.c_str());
        // What is wrong must be refuted, not merely left open.
        QVERIFY2(one.expected || verdict.equality == Equality::Different, said.c_str());
    }

    void publicCases()
    {
        const std::filesystem::path file = lemma::tests::sharedDirectory() / "data/grader/cases.json";
        if (!std::filesystem::exists(file))
            QSKIP("the cases of public graders are not here (LEMMA_SHARED_DIR)");
        const std::vector<GradeCase> cases = casesIn(file);
        QVERIFY(!cases.empty());
        const nlohmann::json list = nlohmann::json::parse(contentsOf(dataFolder() / "grade_allowed.json"));
        std::size_t counted = 0, agreed = 0;
        for (const GradeCase& one : cases) {
            const Verdict verdict = gradeCase(one);
            const bool agree = agrees(one, verdict);
            const bool measured = one.source.starts_with("Math-Verify") || one.source.starts_with("NVIDIA/NeMo");
            counted += measured ? 1 : 0;
            agreed += measured && agree ? 1 : 0;
            const std::string said = one.id + ": " + std::string(equalityName(verdict.equality));
            QVERIFY2(agree || isAllowed(list.at("allowed"), one), said.c_str());
        }
        QVERIFY2(agreed * 100 >= counted * 98, std::to_string(agreed).c_str());
    }

    void brokenFilesAreRefused()
    {
        for (const char* text :
             {"", "{}", "[]", "{\"cases\": 1}", "{\"cases\": [1]}", "{\"cases\": [{\"gold\": \"1\"}]}",
              "{\"cases\": [{\"gold\": \"1\", \"answer\": 1, \"expected\": true}]}",
              "{\"cases\": [{\"gold\": \"1\", \"answer\": \"1\", \"expected\": true, \"policy\": {\"x\": 1}}]}"})
            QVERIFY2(!gradeCasesFromJson(text), text);
    }
};

QTEST_GUILESS_MAIN(GradeCasesTest)
#include "grade_cases_test.moc"
