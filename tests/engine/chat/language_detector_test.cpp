#include <QTest>

#include "engine/chat/language_detector.h"
#include "engine/chat/thought_words.h"

using namespace lemma::engine;

namespace {

ThoughtLanguage told(const std::string& text, std::size_t pieceBytes = std::string::npos)
{
    LanguageDetector detector;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = pieceBytes == std::string::npos ? text.size() : std::min(at + pieceBytes, text.size());
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            ++end; // pieces are whole characters
        detector.add(std::string_view(text).substr(at, end - at));
        at = end;
    }
    return detector.report();
}

const std::string english = "Okay, so I need to find the value of x. Let me check what is given: the sum of the two "
                            "numbers is ten, and we have that they are equal. So each of them is $x = 5$. Wait, let me "
                            "check this again with another idea.";
const std::string german =
    "Okay, ich muss also den Wert von x finden. Wenn die Summe der Zahlen zehn ist und sie gleich "
    "sind, dann ist das Ergebnis fünf. Ich prüfe das noch einmal: $5 + 5 = 10$, also kann ich das "
    "auch so stehen lassen, aber nicht ohne Probe.";
const std::string chinese = "好的，我们先来看这个方程。两个数的和是十，而且它们相等，所以每个数都是五。";
const std::string russian = "Хорошо, давайте найдём значение. Если это так, то сумма чисел равна десяти, и мы можем "
                            "проверить, что каждое из них не больше шести. Значит, нужно ещё раз проверим.";

} // namespace

class LanguageDetectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsLanguageAndMixing_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("script");
        QTest::addColumn<QStringList>("others");
        const auto row = [](const char* name, const std::string& text, const char* language, const char* script,
                            const QStringList& others = {}) {
            QTest::newRow(name) << QString::fromStdString(text) << QString(language) << QString(script) << others;
        };
        row("nothing", "", "", "");
        row("numbers only", "1 + 2 = 3", "", "");
        row("too little to tell", "Hmm, ok.", "", "latin");
        row("english", english, "en", "latin");
        row("german", german, "de", "latin");
        row("chinese", chinese, "zh", "han");
        row("russian", russian, "ru", "cyrillic");
        row("ukrainian",
            "Якщо це не так, то потрібно перевірити, що рівняння має розв'язок. Але ми також можемо "
            "почати на початку, є ще один шлях. Отже, потрібно та цей або той.",
            "uk", "cyrillic");
        row("japanese", "まず、この方程式を考えます。二つの数の和は十で、等しいので、それぞれ五です。", "ja", "kana");
        row("korean", "먼저 이 방정식을 생각해 보겠습니다. 두 수의 합은 열입니다.", "ko", "hangul");
        row("spanish",
            "Entonces, tenemos que hallar el valor de la suma por partes. Espera, también podemos usar una "
            "ecuación para los dos casos, pero hay más.",
            "es", "latin");
        row("french",
            "Donc, nous avons une équation et il faut trouver les valeurs. Mais alors, je ne peux pas le faire "
            "sans cela, donc nous allons aussi calculer avec cette formule.",
            "fr", "latin");
        row("a chinese sentence in an english thought",
            english + " 所以我们需要再检查一遍这个结果。 So the answer is 5.", "en", "latin", {"han"});
        row("an english sentence in a chinese thought",
            chinese + chinese + " Let me double check the result. " + chinese, "zh", "han", {"latin"});
        row("german that turns to english", german + german + "\n\n" + english, "", "latin", {"en"});
        row("a quoted word is no mixing", english + " The word 你好 means hello, and привет does as well.", "en",
            "latin");
        row("formulas and code say nothing",
            chinese + R"( $\text{the value of the sum is not there}$ \[ \frac{alpha beta gamma delta}{x} \] )"
                      "`for each of them in the list`\n```\nwhile we have this and that is not then\n```\n",
            "zh", "han");
        row("variables say nothing", chinese + " a b c d e f g h sinX cosX f_1 maxValue", "zh", "han");
        row("money is no formula", "It costs $5 and the rest is " + english, "en", "latin");
    }
    void tellsLanguageAndMixing()
    {
        QFETCH(QString, text);
        QFETCH(QString, language);
        QFETCH(QString, script);
        QFETCH(QStringList, others);
        const ThoughtLanguage found = told(text.toStdString());
        QCOMPARE(QString::fromStdString(found.script), script);
        QStringList foundOthers;
        for (const std::string& other : found.others)
            foundOthers << QString::fromStdString(other);
        QCOMPARE(foundOthers, others);
        if (!language.isEmpty() || others.isEmpty())
            QCOMPARE(QString::fromStdString(found.language), language);
        QCOMPARE(found.mixed, !others.isEmpty());
        // However the text is cut.
        for (const std::size_t bytes : {1U, 2U, 7U})
            QVERIFY(told(text.toStdString(), bytes) == found);
    }

    void ourOwnWordsAreOfTheirLanguage()
    {
        for (const ThoughtWords& words : allThoughtWords()) {
            // One sentence is little, so it is said several times.
            std::string text;
            for (int i = 0; i < 3; ++i)
                text += std::string(words.begin) + std::string(words.land);
            const ThoughtLanguage found = told(text);
            QVERIFY2(!found.mixed, std::string(words.language).c_str());
            QVERIFY2(found.language.empty() || found.language == words.language, std::string(words.language).c_str());
        }
        QVERIFY(thoughtWords("de") != nullptr);
        QVERIFY(thoughtWords("xx") == nullptr);
    }
};

QTEST_APPLESS_MAIN(LanguageDetectorTest)
#include "language_detector_test.moc"
