#include "engine/chat/thought_words.h"

namespace lemma::engine {

const std::vector<ThoughtWords>& allThoughtWords()
{
    static const std::vector<ThoughtWords> words{
        {"en", "Okay, I will think this through in English.\n\n",
         "\n\nI have thought about this for long enough, so I will answer with what I have.\n",
         "\n\nWait, let me think"},
        {"de", "Okay, ich denke das auf Deutsch durch.\n\n",
         "\n\nIch habe lange genug nachgedacht und antworte mit dem, was ich habe.\n", "\n\nMoment, ich denke"},
        {"fr", "D'accord, je vais réfléchir à cela en français.\n\n",
         "\n\nJ'ai assez réfléchi, je vais donc répondre avec ce que j'ai.\n", "\n\nAttendez, je réfléchis"},
        {"es", "Bien, voy a pensar esto en español.\n\n",
         "\n\nYa lo he pensado bastante, así que respondo con lo que tengo.\n", "\n\nEspera, voy a pensar"},
        {"it", "Bene, ragiono su questo in italiano.\n\n",
         "\n\nCi ho pensato abbastanza, quindi rispondo con quello che ho.\n", "\n\nAspetta, ragiono"},
        {"pt", "Certo, vou pensar nisto em português.\n\n",
         "\n\nJá pensei o suficiente, por isso respondo com o que tenho.\n", "\n\nEspere, vou pensar"},
        {"nl", "Oké, ik denk hier in het Nederlands over na.\n\n",
         "\n\nIk heb er lang genoeg over nagedacht en antwoord met wat ik heb.\n", "\n\nWacht, ik denk"},
        {"pl", "Dobrze, przemyślę to po polsku.\n\n",
         "\n\nMyślałem już wystarczająco długo, więc odpowiem tym, co mam.\n", "\n\nPoczekaj, pomyślę"},
        {"ru", "Хорошо, я буду рассуждать по-русски.\n\n",
         "\n\nЯ думал достаточно долго, поэтому отвечу тем, что есть.\n", "\n\nПодождите, подумаю"},
        {"uk", "Гаразд, я міркуватиму українською.\n\n", "\n\nЯ думав достатньо довго, тому відповім тим, що маю.\n",
         "\n\nЗачекайте, подумаю"},
        {"zh", "好的，我用中文来思考这个问题。\n\n", "\n\n我已经想得够久了，现在就根据已有的结果来回答。\n",
         "\n\n等等，我再想想"},
        {"ja", "はい、日本語で考えます。\n\n", "\n\n十分に考えたので、今ある結果で答えます。\n",
         "\n\n待ってください、もう少し考えます"},
        {"ko", "네, 한국어로 생각해 보겠습니다.\n\n", "\n\n충분히 생각했으니 지금까지의 결과로 답하겠습니다.\n",
         "\n\n잠깐, 조금 더 생각해"},
    };
    return words;
}

const ThoughtWords* thoughtWords(std::string_view language)
{
    for (const ThoughtWords& words : allThoughtWords())
        if (words.language == language)
            return &words;
    return nullptr;
}

} // namespace lemma::engine
