#pragma once
// Text and paths across the border between Qt (UTF-16) and everything below app (UTF-8).

#include <QString>
#include <filesystem>
#include <string>
#include <string_view>

namespace lemma::app {

inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline std::string toUtf8(const QString& text) { return text.toStdString(); }

inline QString toQString(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string()); // Linux: bytes as they are; Qt reads them as UTF-8
}

inline std::filesystem::path toPath(const QString& path) { return std::filesystem::path(path.toStdString()); }

} // namespace lemma::app
