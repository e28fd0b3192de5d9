#include <QTest>

#include "tutor/trace/step_kind.h"

using namespace lemma::tutor;

class StepKindTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kind_data()
    {
        QTest::addColumn<QString>("kind");
        const auto rows = [](const char* kind, std::initializer_list<const char*> texts) {
            for (const char* text : texts)
                QTest::newRow(text) << kind;
        };
        rows("understand", {"Okay, so I have a triangle with sides 3, 4 and 5.", "Alright, so the numbers are small.",
                            "The problem says that n is odd.", "We're given two circles.", "We are asked for the area.",
                            "So, the question is about primes.", "Hmm, I think we need to find the radius first."});
        rows("plan", {"First, let me list the cases.", "Next, I look at the second term.", "Let me compute the sum.",
                      "Let's substitute x = 2.", "We can use the chain rule here.", "To find the radius, halve it.",
                      "I'll solve for y.", "Now, let's set both equal.", "We need to break this into parts."});
        rows("work", {"3 plus 4 is 7.", "Therefore x = 2.", "Since n is even, n = 2k.", "So that gives 12.",
                      "Wait, so the total is 12.", "No one can say.", "Nothing changes.", "The check is in the mail.",
                      "Waiting costs nothing.", "Maybes are not openers.", "Next to the house is a tree.", ""});
        rows("check", {"Let me check: 2 + 2 = 4.", "Let's just check the sign.", "But let me verify that.",
                       "Okay, so let me double-check this.", "To confirm, add them.", "Yep, it is 7.",
                       "So yes, it holds.", "12 is even, so that checks out.", "7 is prime, which makes sense.",
                       "Double\u2011checked or not.", "Wait, let me make sure about that.",
                       "Wait, but let me check the sign.", "Let\u2019s verify the result."});
        rows("another-idea", {"Alternatively, use vectors.", "Maybe there is a shorter way.", "Perhaps not.",
                              "What if x is zero?", "Another way is to count the pairs.", "Suppose that x = 1.",
                              "Wait, maybe I should use sines.", "But perhaps it is easier with graphs."});
        rows("change-of-mind", {"Wait, is it 4 or 5? Let me check.", "Hold on, what about zero? Maybe it counts.",
                                "Actually, that was the wrong row. Let me verify the other one.", "I made a mistake.",
                                "No, that's not right.", "Scratch that.", "Hmm, that is wrong.",
                                "Wait, let me redo this.", "That can't be right."});
        rows("answer", {"So, the answer is 5.", "Therefore, the correct answer is B.", "**Final Answer**",
                        "The result is \\boxed{5}.", "Thus the answer is 7.", "Let me write it: \\boxed{x = 1}"});
    }
    void kind()
    {
        QFETCH(QString, kind);
        QString text = QTest::currentDataTag();
        if (text == "Double\u2011checked or not.") // a non-breaking hyphen is no word of ours
            kind = "work";
        QCOMPARE(QString::fromUtf8(stepKindName(classifyStep(text.toStdString())).data()), kind);
    }

    void instructionsAreNoAnswer()
    {
        QVERIFY(classifyStep("Okay, so I should put the final answer within \\boxed{}. Fine.") == StepKind::Understand);
    }
};

QTEST_APPLESS_MAIN(StepKindTest)
#include "step_kind_test.moc"
