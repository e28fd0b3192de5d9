#pragma once
// A formula as one character of a QTextDocument, sitting on the baseline of the text around it.
//
//     FormulaObject object(formulas);
//     object.attach(document);
//     cursor.insertText(QString(QChar(QChar::ObjectReplacementCharacter)), object.format(key, cursor.charFormat()));
//
// Colour and size are those of the character format; a display formula wider than the page is scaled down. Drawn as
// vectors, so that it stays sharp on any screen and in print.

#include <QObject>
#include <QTextCharFormat>
#include <QTextObjectInterface>

#include "app/formula/formula.h"

class QTextDocument;

namespace lemma::app {

class FormulaService;

class FormulaObject : public QObject, public QTextObjectInterface {
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    static constexpr int Type = QTextFormat::UserObject + 1;

    explicit FormulaObject(FormulaService& formulas, QObject* parent = nullptr);

    void attach(QTextDocument* document);

    // Not static: where a formula sits depends on its depth. While it is being set that is a guess; align() mends it.
    QTextCharFormat format(const FormulaKey& key, const QTextCharFormat& around) const;
    QTextCharFormat align(QTextCharFormat format) const;
    static bool isFormula(const QTextFormat& format) { return format.objectType() == Type; }
    static FormulaKey key(const QTextFormat& format);
    // With its delimiters: what is copied.
    static QString source(const QTextFormat& format);

    QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
    void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int position,
                    const QTextFormat& format) override;

private:
    FormulaService& m_formulas;
};

} // namespace lemma::app
