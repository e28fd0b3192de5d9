#include "engine/chat/language_words.h"

#include <array>
#include <string>
#include <unordered_map>
#include <utility>

namespace lemma::engine {
namespace {

// The function words and the vocabulary of thinking aloud that are frequent in one language and rare or absent in the
// others listed: "die", "in", "so", "a" and their like are left out on purpose.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> lists{{
    {"en", "the of and is that this with let we have then which what there when would should because need find check "
           "wait are not be from they it will how first okay same another into if each where can to want also"},
    {"de",
     "der das und ist nicht ein eine einen wir dass mit auf ich sich auch wenn oder aber muss kann dann von zu den "
     "dem des wie also noch nur durch für gleich zuerst warte nochmal ergibt sind haben bei"},
    {"fr", "le les en si des est et une dans que qui nous pour pas donc avec sur cette ce mais il alors je peut ou où "
           "être vérifions calculer attendez cela ces aussi avons"},
    {"es", "el los las y una del por con para como pero entonces esta este en que si más hay que tenemos podemos cómo "
           "también espera vamos ser son ecuación porque"},
    {"it", "il le con una gli di che è per della sono dobbiamo quindi anche nel questo questa possiamo perché ma più "
           "allora aspetta vediamo abbiamo essere così"},
    {"pt", "os que para como este esta mais ser um uma não é em do da dos das com mas então isso também podemos temos "
           "você são ao pela espere vamos porque equação está"},
    {"nl",
     "het is een en van niet dat we zijn met ook maar dus voor wordt kunnen moet deze naar wacht eerst hebben want "
     "dan nog bij laten"},
    {"pl", "nie jest się że na do to jak czy więc ale dla mamy możemy przez tak równanie poczekaj najpierw jeśli "
           "ponieważ oraz które"},
    {"ru", "и не что это на как мы если то для но из по так же или давайте значит нужно проверим подождите тогда "
           "уравнение который есть можно"},
    {"uk", "і не що це на як ми якщо для але або також потрібно перевіримо зачекайте тоді рівняння який є можна та цей "
           "отже"},
}};

using Words = std::unordered_map<std::string, std::string_view>;

Words onlyOfOneLanguage()
{
    Words words;
    for (const auto& [language, list] : lists) {
        std::string_view left = list;
        while (!left.empty()) {
            const std::size_t end = std::min(left.find(' '), left.size());
            const auto [it, isNew] = words.emplace(left.substr(0, end), language);
            if (!isNew && it->second != language)
                it->second = {}; // shared by two: decides nothing
            left.remove_prefix(std::min(end + 1, left.size()));
        }
    }
    return words;
}

} // namespace

std::string_view languageOfWord(std::string_view word)
{
    static const Words words = onlyOfOneLanguage();
    const auto found = words.find(std::string(word));
    return found == words.end() ? std::string_view() : found->second;
}

} // namespace lemma::engine
