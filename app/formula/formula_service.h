#pragma once
// Formulas for the whole window: asked for on the GUI thread, set by MathJax on a worker, kept in a cache.
//
//     FormulaService formulas(findMathJax());
//     const Formula formula = formulas.formula({"\\frac{1}{2}", false});    // Pending the first time
//     connect(&formulas, &FormulaService::changed, view, &View::layOutFormulasAgain);
//
// Nothing is loaded before the first formula. A watchdog ends a formula that takes longer than the limit (hostile
// source); it then is Failed like one with a syntax error, and its source is shown. The destructor waits for the
// worker, which it interrupts: at most a few milliseconds.

#include <QCache>
#include <QObject>
#include <QString>
#include <chrono>
#include <memory>

#include "app/formula/formula.h"

class QSvgRenderer;
class QColor;

namespace lemma::app {

class FormulaWorker;

class FormulaService : public QObject {
    Q_OBJECT

public:
    // An empty folder (MathJax is not installed): every formula is Failed.
    explicit FormulaService(const QString& mathJaxFolder, QObject* parent = nullptr,
                            std::chrono::milliseconds limit = std::chrono::seconds(2));
    ~FormulaService() override;

    Formula formula(const FormulaKey& key);
    // Draws a Ready formula in a colour, sharp at any scale; null for one that is not Ready. Valid until the next call.
    QSvgRenderer* renderer(const FormulaKey& key, const QColor& ink);

Q_SIGNALS:
    // Some formulas that were Pending are so no longer.
    void changed();

    void wakeUp(QPrivateSignal);

private:
    friend class FormulaWorker;
    void collect();

    QCache<FormulaKey, Formula> m_formulas;
    QCache<QString, QSvgRenderer> m_renderers;
    std::unique_ptr<FormulaWorker> m_worker; // last: joined before the caches go
};

} // namespace lemma::app
