#include "app/formula/formula_service.h"

#include <QColor>
#include <QSvgRenderer>

#include "app/formula/formula_worker.h"

static void initFormulaResources() { Q_INIT_RESOURCE(formula); } // Qt wants this outside of any namespace

namespace lemma::app {

namespace {

constexpr int FormulasKept = 4000;
constexpr int RenderersKept = 1000;

} // namespace

FormulaService::FormulaService(const QString& mathJaxFolder, QObject* parent, std::chrono::milliseconds limit)
    : QObject(parent), m_formulas(FormulasKept), m_renderers(RenderersKept)
{
    initFormulaResources();
    // V4's compiler does not survive QJSEngine::setInterrupted() (Qt 6.4.2: a crash within seconds), its interpreter
    // does and is a tenth slower. Read by V4 when its first engine is made; set here, before there is a worker.
    qputenv("QV4_FORCE_INTERPRETER", "1");
    connect(this, &FormulaService::wakeUp, this, &FormulaService::collect, Qt::QueuedConnection);
    if (!mathJaxFolder.isEmpty())
        m_worker = std::make_unique<FormulaWorker>(mathJaxFolder, limit, [this] { Q_EMIT wakeUp(QPrivateSignal()); });
}

FormulaService::~FormulaService() = default;

Formula FormulaService::formula(const FormulaKey& key)
{
    if (const Formula* known = m_formulas.object(key))
        return *known;
    auto made = std::make_unique<Formula>();
    if (m_worker) {
        m_worker->submit(key);
    } else {
        made->state = Formula::State::Failed;
        made->error = QStringLiteral("MathJax is not installed");
    }
    const Formula copy = *made;
    m_formulas.insert(key, made.release());
    return copy;
}

QSvgRenderer* FormulaService::renderer(const FormulaKey& key, const QColor& ink)
{
    const QString name = ink.name() + (key.display ? u'D' : u'I') + key.tex;
    if (QSvgRenderer* known = m_renderers.object(name))
        return known;
    const Formula drawn = formula(key);
    if (drawn.state != Formula::State::Ready)
        return nullptr;
    QByteArray svg = drawn.svg;
    svg.replace("currentColor", ink.name().toLatin1());
    auto made = std::make_unique<QSvgRenderer>(svg);
    if (!made->isValid())
        return nullptr;
    m_renderers.insert(name, made.release());
    return m_renderers.object(name);
}

void FormulaService::collect()
{
    for (auto& [key, formula] : m_worker->takeDone())
        m_formulas.insert(key, new Formula(std::move(formula)));
    Q_EMIT changed();
}

} // namespace lemma::app
