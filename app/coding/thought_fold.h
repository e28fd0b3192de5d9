#pragma once
// The chain of thought on the coding page: one line that opens on request. Closed, its text costs nothing to lay out.

#include <QWidget>

#include "app/markdown/markdown_view.h"

class QPushButton;

namespace lemma::app {

class ThoughtFold : public QWidget {
    Q_OBJECT

public:
    explicit ThoughtFold(const MarkdownTools& tools, QWidget* parent = nullptr);

    void append(const QString& text);
    void finish(); // the thought is complete
    bool isOpen() const { return m_view != nullptr; }

private:
    void toggle();
    void refresh();

    MarkdownTools m_tools;
    QPushButton* m_button;
    QWidget* m_box = nullptr;
    MarkdownView* m_view = nullptr;
    QString m_text;
    bool m_finished = false;
};

} // namespace lemma::app
