#pragma once
// Reads prose: text, lists, tables and formulas, as tall as its content, without scroll bars of its own. The committed
// part is laid out once; the tail may be replaced as often as text arrives.
//
// Selecting and copying give the TeX source of formulas. Links are reported, never followed; nothing is ever loaded.

#include <QTextBrowser>
#include <QTextFormat>
#include <vector>

#include "app/markdown/document.h"

namespace lemma::app {

class Appearance;
class FormulaService;
class FormulaObject;

class ProseView : public QTextBrowser {
    Q_OBJECT

public:
    ProseView(const Appearance& appearance, FormulaService& formulas, QWidget* parent = nullptr);

    void setTail(const Blocks& blocks);
    void commitTail();

    // Whole text, formulas as their source.
    QString plainText() const;

protected:
    QMimeData* createMimeDataFromSelection() const override;
    QVariant loadResource(int type, const QUrl& name) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void restyle();
    void rememberEnd();
    void watchFormulas(int from);
    void settle(int position);
    void onFormulasChanged();
    void fitHeight();
    void write(const Blocks& blocks);

    const Appearance& m_appearance;
    FormulaService& m_formulas;
    FormulaObject* m_object;
    Blocks m_committed; // kept to write everything again in other colours
    Blocks m_tail;
    int m_committedEnd = 0;
    QTextBlockFormat m_committedFormat; // of the last block at that place
    std::vector<int> m_pending;         // positions of formulas that are being set, ascending
};

} // namespace lemma::app
