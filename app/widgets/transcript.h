#pragma once
// A column of cards that grows downwards. It follows the newest text only while the reader is at the bottom; otherwise
// the reader's place is kept and a "New text" button leads down.

#include <QScrollArea>

class QPushButton;
class QVBoxLayout;

namespace lemma::app {

class Transcript : public QScrollArea {
    Q_OBJECT

public:
    explicit Transcript(QWidget* parent = nullptr);

    void add(QWidget* widget);
    void clear();
    void scrollToBottom();
    // The model has written something that shows: says so if the reader is elsewhere.
    void noteNewText();
    // Brings a widget into view, its top first; the reader is then no longer taken to the bottom.
    void reveal(QWidget* widget);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void onRangeChanged();
    void onScrolled(int value);
    void placePill();

    QVBoxLayout* m_column;
    QPushButton* m_pill;
    bool m_following = true;
};

} // namespace lemma::app
