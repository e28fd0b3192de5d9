#pragma once
// A history in a temporary folder.

#include <QTemporaryDir>

#include "engine/history/history_store.h"

namespace lemma::tests {

class StoreFixture {
public:
    std::string path() const { return m_directory.filePath("lemma/history.sqlite").toStdString(); }
    engine::HistoryStore open() const { return engine::HistoryStore::open(path()).value(); }

private:
    QTemporaryDir m_directory;
};

} // namespace lemma::tests
