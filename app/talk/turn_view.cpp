#include "app/talk/turn_view.h"

namespace lemma::app {

TurnView::~TurnView() = default;

} // namespace lemma::app
