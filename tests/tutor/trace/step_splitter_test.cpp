#include <QTest>

#include "tutor/trace/step_splitter.h"

using namespace lemma::tutor;

namespace {

QStringList texts(const std::vector<Step>& steps)
{
    QStringList list;
    for (const Step& step : steps)
        list << QString::fromStdString(step.text);
    return list;
}

QStringList split(const QString& text)
{
    StepSplitter splitter;
    const QStringList first = texts(splitter.push(text.toStdString()));
    return first + texts(splitter.finish());
}

const QString longText = "This sentence is made long enough to be a step of its own, by itself.";

} // namespace

class StepSplitterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cuts_data()
    {
        QTest::addColumn<QStringList>("steps"); // joined they are the input
        QTest::newRow("empty") << QStringList{};
        QTest::newRow("white space only") << QStringList{" \n\n"};
        QTest::newRow("paragraphs") << QStringList{longText + "\n\n", longText};
        QTest::newRow("short paragraphs are joined") << QStringList{"Hmm.\n\nOkay.\n\n" + longText + "\n\n", longText};
        QTest::newRow("a blank line may hold spaces") << QStringList{longText + " \n \t\n", longText};
        QTest::newRow("carriage returns") << QStringList{longText + "\r\n\r\n", longText};
        QTest::newRow("one line break does not cut") << QStringList{longText + "\n" + longText};
        QTest::newRow("turn in a paragraph") << QStringList{"The sum is twelve now. ", "Wait, twelve is odd?"};
        QTest::newRow("turn on a new line") << QStringList{"The sum is twelve now\n", "wait, twelve is odd?"};
        QTest::newRow("no turn in the middle of a sentence") << QStringList{"We have to sit and Wait, said the man."};
        QTest::newRow("no turn after a decimal point") << QStringList{"The value of pi is 3.Wait is no sentence here."};
        QTest::newRow("Note is not No") << QStringList{"The sum is twelve now. Note that it is even. Nobody minds."};
        QTest::newRow("a displayed formula stays") << QStringList{longText + "\n\n\\[ x = 1 \\]\n\n", longText};
        QTest::newRow("a short step with a formula is enough") << QStringList{"So\n\n$$x$$\n\n", "Then"};
        QTest::newRow("what goes on after a formula") << QStringList{"So\n\n$$x$$\n\nwhere x is given.\n\n", "Then"};
        QTest::newRow("no cut in a formula")
            << QStringList{"We write \\(\\text{It holds for all. Wait, not for zero.}\\) here."};
        QTest::newRow("no cut in a display with blank lines")
            << QStringList{longText + "\n\n\\[ a\n\n" + longText + "\n\nb \\]\n\n", longText};
        QTest::newRow("row spacing is no display")
            << QStringList{"\\begin{pmatrix} 1 \\\\[2pt] 2 \\end{pmatrix}\n\n", longText};
        QTest::newRow("nested environments")
            << QStringList{"\\begin{a}\n\\begin{b}\n\n\\end{b}\n\n" + longText + "\\end{a}\n\n", longText};
        QTest::newRow("an open dollar ends with its paragraph") << QStringList{longText + " $x\n\n", longText};
        QTest::newRow("escaped dollars") << QStringList{"It costs \\$5 and not more. ", "Wait, is that so?"};
        QTest::newRow("a dollar before a space") << QStringList{"It costs 5 $ for everyone. ", "Wait, is that so?"};
        QTest::newRow("money at the end of a sentence")
            << QStringList{"For all of it we pay $5. ", "Wait, is that so?"};
        QTest::newRow("numbers in formulas") << QStringList{"All in all $5 + x. Wait, what$ is one formula."};
        QTest::newRow("no cut in inline code") << QStringList{"The text `it says stop. Wait, no` is code here."};
        QTest::newRow("no cut in a fence")
            << QStringList{"Code:\n\n```\n" + longText + "\n\n" + longText + "\n```\n\n", longText};
        QTest::newRow("an open fence takes the rest") << QStringList{"~~~\na\n\n" + longText + "\n\n" + longText};
        QTest::newRow("list after its introduction")
            << QStringList{longText + " We see:\n\n- one\n\n- two\n\n", longText};
        QTest::newRow("list without introduction") << QStringList{longText + "\n\n", "1. one\n\n2. two"};
        QTest::newRow("a heading begins a step") << QStringList{"Good.\n\n", "**Final Answer**\n\\boxed{1}"};
        QTest::newRow("a doubt keeps its check")
            << QStringList{longText + "\n\n", "Wait, is the sum really even? Let me check that."};
        QTest::newRow("very long text is cut at a line")
            << QStringList{longText.repeated(12) + "\n", "The next line begins here."};
    }
    void cuts()
    {
        QFETCH(QStringList, steps);
        QCOMPARE(split(steps.join("")), steps);
    }

    void aStepComesWhenTheNextBegins()
    {
        StepSplitter splitter;
        QVERIFY(splitter.push(longText.toStdString()).empty());
        QVERIFY(splitter.push("\n\n").empty());
        QCOMPARE(texts(splitter.push("T")), QStringList{longText + "\n\n"}); // one character is enough
        QCOMPARE(splitter.pending(), std::string_view("T"));
        QVERIFY(splitter.push("he rest of it. Wait,").empty()); // not yet: too little of the sentence is known
        QCOMPARE(texts(splitter.push(" I forgot that x may also be negative here, or may it not?")).size(), 0); // short
        QCOMPARE(splitter.finish().size(), std::size_t{1});
        QVERIFY(splitter.pending().empty());
    }

    void stepsKnowTheirTokens()
    {
        StepSplitter splitter;
        std::vector<Step> steps;
        int position = 100;
        const std::string text = (longText + "\n\n" + longText + "\n\n" + longText).toStdString();
        for (std::size_t i = 0; i < text.size(); i += 5) {
            for (Step& step : splitter.push(std::string_view(text).substr(i, 5), {position, position + 1}))
                steps.push_back(std::move(step));
            ++position;
        }
        for (Step& step : splitter.finish())
            steps.push_back(std::move(step));
        QCOMPARE(steps.size(), std::size_t{3});
        QCOMPARE(steps[0].tokens.begin, 100);
        QCOMPARE(steps[2].tokens.end, position);
        for (const Step& step : steps) {
            QCOMPARE(step.tokens.begin, 100 + static_cast<int>(step.begin) / 5);
            QCOMPARE(step.tokens.end, 101 + static_cast<int>(step.begin + step.text.size() - 1) / 5);
        }
    }

    void aSplitterServesForSeveralThoughts()
    {
        StepSplitter splitter;
        splitter.push("One $x");
        splitter.finish();
        const std::vector<Step> none = splitter.push((longText + "\n\n" + longText).toStdString());
        QCOMPARE(none.size(), std::size_t{1});
        QCOMPARE(none[0].begin, std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(StepSplitterTest)
#include "step_splitter_test.moc"
