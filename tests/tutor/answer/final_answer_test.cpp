// Which answer is taken out of a text, and from where.
#include <string>

#include <QTest>

#include "tutor/answer/final_answer.h"

using namespace lemma::tutor;

class FinalAnswerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void models_data();
    void models();
    void students_data();
    void students();
    void nothingToFind();
    void hostileTexts_data();
    void hostileTexts();
};

static void row(const char* text, const char* mark, const char* answer)
{
    QTest::newRow(text) << QString(text) << QString(mark) << QString(answer);
}

// Every part is where its range says.
static void checkPlaces(const std::string& text, const FinalAnswer& answer)
{
    for (const AnswerPart& part : answer.parts)
        QCOMPARE(text.substr(part.range.begin, part.range.end - part.range.begin), part.text);
}

void FinalAnswerTest::models_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("mark");
    QTest::addColumn<QString>("answer");
    row("So \\boxed{3}, no: \\boxed{\\frac{1}{\\sqrt{2}}}.", "boxed", "\\frac{1}{\\sqrt{2}}");
    row("$x = \\boxed{2}$ and $y = \\boxed{5}$ differ; in all $\\boxed{7}$.", "boxed", "7");
    row("The roots are \\boxed{2} and \\boxed{3}.", "boxed", "2, 3");
    row("$\\boxed{2}$, $\\boxed{3}$, or $\\boxed{4}$", "boxed", "2, 3, 4");
    row("\\boxed{4} and \\boxed{4}", "boxed", "4");
    row("\\boxed{1}\n\n\\boxed{2}", "boxed", "2");
    row("\\boxed{ \\{1, 2\\} }", "boxed", "\\{1, 2\\}");
    row("\\boxed{$5$}", "boxed", "5");
    row("we get \\boxed 7", "boxed", "7");
    row("<think>\\boxed{1}</think>The answer is 2.", "phrase", "2");
    row("<think>it is \\boxed{1}</think>", "boxed", "1");
    row("The answer is 42.", "phrase", "42");
    row("The answer is 3.5 metres. I hope it helps.", "phrase", "3.5 metres");
    row("Therefore, the final answer is: $\\frac{3}{4}$.", "phrase", "\\frac{3}{4}");
    row("The answer is $x=1$ or $x=-2$, as shown.", "phrase", "x=1, x=-2");
    row("**Final Answer**\n\n$12\\pi$", "phrase", "12\\pi");
    row("Final Answer: The final answer is \\((-6, 10)\\). I hope it is correct.", "phrase", "(-6, 10)");
    row("**Answer: 5**", "phrase", "5");
    row("The answer is (C)", "phrase", "(C)");
    row("First the answer is 3, but no. The answer is 4", "phrase", "4");
    row("We add.\n\n**x = 3**", "bold", "x = 3");
    row("So the sum is **12**.", "bold", "12");
    row("All others fail.\n(C)", "choice", "C");
    row("All others fail.\nOption B.", "choice", "B");
    row("The identity matrix is $ \\begin{pmatrix}1 & 0 \\\\ 0 & 1\\end{pmatrix} $.", "formula",
        "\\begin{pmatrix}1 & 0 \\\\ 0 & 1\\end{pmatrix}");
    row("It costs \\$5 for $n$ people, so \\[ n = 7. \\]", "formula", "n = 7");
    row("Let us see.\n7/2", "line", "7/2");
}

void FinalAnswerTest::models()
{
    QFETCH(QString, text);
    const std::string bytes = text.toStdString();
    const auto answer = extractFinalAnswer(bytes);
    QVERIFY(answer);
    QTEST(QString::fromStdString(answer->text()), "answer");
    QTEST(QString::fromStdString(std::string(answerMarkName(answer->mark))), "mark");
    checkPlaces(bytes, *answer);
}

void FinalAnswerTest::students_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("answer");
    const auto student = [](const char* line, const char* answer) {
        QTest::newRow(line) << QString(line) << QString(answer);
    };
    student("x = 5", "x = 5");
    student("  1/2. ", "1/2");
    student("Answer: 7", "7");
    student("The answer is .5", ".5");
    student("so the answer is $\\sqrt2$.", "\\sqrt2");
    student("my final answer is x>3", "x>3");
    student("x=1 or x=2", "x=1 or x=2");
    student("the empty set", "the empty set");
    student("solution: no solution", "no solution");
    student("- 3x", "3x"); // a list mark: a sign has no blank behind it
    student("-3x", "-3x");
    student("\\boxed{4}", "4");
    student("$3$ and $4$", "$3$ and $4$");
}

void FinalAnswerTest::students()
{
    QFETCH(QString, line);
    const std::string bytes = line.toStdString();
    const auto answer = extractStudentAnswer(bytes);
    QVERIFY(answer);
    QTEST(QString::fromStdString(answer->text()), "answer");
    checkPlaces(bytes, *answer);
}

void FinalAnswerTest::nothingToFind()
{
    QVERIFY(!extractFinalAnswer(""));
    QVERIFY(!extractFinalAnswer(" \n\n "));
    QVERIFY(!extractFinalAnswer(std::string(500, 'a')));
    QVERIFY(!extractFinalAnswer("<think> </think>"));
    QVERIFY(!extractStudentAnswer(" $ $ . "));
    // A box that the end of the text cuts off holds no whole answer.
    const auto cut = extractFinalAnswer("\\boxed{1}\n\nbetter: \\boxed{12");
    QVERIFY(cut);
    QCOMPARE(cut->text(), std::string("1"));
}

void FinalAnswerTest::hostileTexts_data()
{
    QTest::addColumn<QString>("piece");
    for (const char* piece : {"$", "$$", "\\(", "\\[", "\\boxed{", "{", "}", "\\", "**", "answer is ", "\\boxed{1} ",
                              "$1$ ", "</think>", "\n\n$", "$$ \\( $"})
        QTest::newRow(piece) << QString(piece);
}

// Quadratic work on 1 MB would run into the time limit of the test.
void FinalAnswerTest::hostileTexts()
{
    QFETCH(QString, piece);
    const std::string text = piece.repeated(1'000'000 / static_cast<int>(piece.size())).toStdString();
    if (const auto answer = extractFinalAnswer(text))
        checkPlaces(text, *answer);
    if (const auto answer = extractStudentAnswer(text))
        checkPlaces(text, *answer);
}

QTEST_APPLESS_MAIN(FinalAnswerTest)
#include "final_answer_test.moc"
