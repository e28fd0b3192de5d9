#pragma once
// Installs the texts of the user's language (resources/translations). English needs them as well, for its plurals.

class QCoreApplication;

namespace lemma::app {

void installTranslations(QCoreApplication& application);

} // namespace lemma::app
