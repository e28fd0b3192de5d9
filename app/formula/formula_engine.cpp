#include "app/formula/formula_engine.h"

#include <QFile>
#include <QFont>
#include <QFontMetricsF>
#include <QLoggingCategory>

#include "app/bridge/text.h"
#include "app/formula/mathjax_files.h"

namespace lemma::app {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace {

// A model does not write longer formulas; hostile text may.
constexpr qsizetype MaximumSource = 20000;

// What the glue asks of Qt: the width of text that the TeX fonts lack, in em.
class FormulaHost : public QObject {
    Q_OBJECT

public:
    Q_INVOKABLE double measure(const QString& text, const QString& family, bool bold, bool italic) const
    {
        QFont font(family == QLatin1String("serif") ? QStringLiteral("DejaVu Serif") : family);
        font.setPixelSize(100);
        font.setBold(bold);
        font.setItalic(italic);
        return QFontMetricsF(font).horizontalAdvance(text) / 100.0;
    }
};

Formula failed(const QString& error)
{
    Formula formula;
    formula.state = Formula::State::Failed;
    formula.error = error;
    return formula;
}

} // namespace

Result<std::unique_ptr<FormulaEngine>> FormulaEngine::create(const QString& mathJaxFolder)
{
    // V4 warns about every comparison in MathJax that it would not have written so.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.qml.compiler=false"));
    std::unique_ptr<FormulaEngine> made(new FormulaEngine);
    QJSEngine& js = made->m_engine;
    js.globalObject().setProperty(QStringLiteral("host"), js.newQObject(new FormulaHost)); // owned by the script engine
    LEMMA_CHECK(made->load(QStringLiteral(":/lemma/formula/prelude.js")));
    for (const QString& script : mathJaxScripts())
        LEMMA_CHECK(made->load(mathJaxFolder + u'/' + script));
    LEMMA_CHECK(made->load(QStringLiteral(":/lemma/formula/flat_attributes.js")));
    LEMMA_CHECK(made->load(QStringLiteral(":/lemma/formula/glue.js")));
    made->m_tex2svg = js.globalObject().property(QStringLiteral("tex2svg"));
    if (!made->m_tex2svg.isCallable())
        return fail(ErrorCode::Internal, "formula: the glue defined no tex2svg");
    return made;
}

Result<> FormulaEngine::load(const QString& fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, toUtf8(QStringLiteral("formula: cannot read %1").arg(fileName)));
    const QJSValue value = m_engine.evaluate(QString::fromUtf8(file.readAll()), fileName);
    if (value.isError())
        return fail(ErrorCode::CorruptFile, toUtf8(QStringLiteral("formula: %1: %2").arg(fileName, value.toString())));
    return {};
}

Formula FormulaEngine::set(const FormulaKey& key)
{
    if (key.tex.size() > MaximumSource)
        return failed(QStringLiteral("too long"));
    m_engine.setInterrupted(false);
    const QJSValue value = m_tex2svg.call({key.tex, key.display});
    if (m_engine.isInterrupted()) {
        m_engine.setInterrupted(false);
        return failed(QStringLiteral("took too long"));
    }
    if (m_engine.hasError() || value.isError()) {
        m_engine.catchError();
        return failed(value.toString());
    }
    if (const QString error = value.property(QStringLiteral("err")).toString(); !error.isEmpty())
        return failed(error);
    Formula formula;
    formula.state = Formula::State::Ready;
    formula.svg = value.property(QStringLiteral("svg")).toString().toUtf8();
    formula.width = value.property(QStringLiteral("w")).toNumber();
    formula.height = value.property(QStringLiteral("h")).toNumber();
    formula.depth = value.property(QStringLiteral("depth")).toNumber();
    const bool drawable = formula.width >= 0 && formula.width < 1e5 && formula.height >= 0 && formula.height < 1e5;
    return drawable ? formula : failed(QStringLiteral("no drawable size"));
}

} // namespace lemma::app

#include "formula_engine.moc"
