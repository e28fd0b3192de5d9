#include "engine/grammar/gbnf_parser.h"

#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "engine/base/utf8.h"
#include "engine/grammar/gbnf_cursor.h"

namespace lemma::engine {
namespace {

constexpr std::size_t mostBytes = 1024 * 1024;
constexpr int mostLevels = 100;
constexpr int mostRepetitions = 10'000;

class Parser {
public:
    explicit Parser(std::string_view text) : m_cursor(text) {}

    Result<GrammarTree> run()
    {
        m_cursor.skipSpace(true);
        while (!m_cursor.atEnd()) {
            LEMMA_CHECK(rule());
            m_cursor.skipSpace(true);
        }
        for (const GrammarRule& rule : m_tree.rules) {
            if (!rule.defined)
                return GbnfCursor::error(fmt::format("the rule '{}' is not defined", rule.name), rule.place);
        }
        const auto root = m_numbers.find("root");
        if (root == m_numbers.end())
            return m_cursor.error("there is no rule 'root'");
        m_tree.root = root->second;
        return std::move(m_tree);
    }

private:
    int ruleNumber(const std::string& name, TextPosition place)
    {
        const auto [entry, isNew] = m_numbers.try_emplace(name, static_cast<int>(m_tree.rules.size()));
        if (isNew)
            m_tree.rules.push_back({name, {}, place, false});
        return entry->second;
    }

    Result<void> rule()
    {
        const TextPosition place = m_cursor.position();
        const std::string name = m_cursor.name();
        if (name.empty())
            return m_cursor.error("the name of a rule is expected");
        m_cursor.skipSpace(false);
        if (!m_cursor.take("::="))
            return m_cursor.error("'::=' is expected");
        m_cursor.skipSpace(true);
        LEMMA_TRY(GrammarNode body, choice(0, false));
        if (!m_cursor.atEnd() && m_cursor.peek() != '\n' && !atRuleHead())
            return m_cursor.error("this does not belong here");
        GrammarRule& entry = m_tree.rules[static_cast<std::size_t>(ruleNumber(name, place))];
        if (entry.defined)
            return GbnfCursor::error(fmt::format("the rule '{}' is defined twice", name), place);
        entry = {name, std::move(body), place, true};
        return {};
    }

    Result<GrammarNode> choice(int level, bool nested)
    {
        LEMMA_TRY(GrammarNode first, sequence(level, nested));
        GrammarNode node;
        node.kind = GrammarNode::Kind::Choice;
        node.children.push_back(std::move(first));
        while (m_cursor.peek() == '|' || (!nested && m_cursor.continuesWithChoice())) {
            m_cursor.skip(1);
            m_cursor.skipSpace(true);
            LEMMA_TRY(GrammarNode next, sequence(level, nested));
            node.children.push_back(std::move(next));
        }
        return node.children.size() == 1 ? std::move(node.children.front()) : std::move(node);
    }

    // After `| ` at the end of a line the next line may already be another rule: then this alternative is empty.
    bool atRuleHead() const
    {
        GbnfCursor ahead = m_cursor;
        if (ahead.name().empty())
            return false;
        ahead.skipSpace(false);
        return ahead.startsWith("::=");
    }

    Result<GrammarNode> sequence(int level, bool nested)
    {
        GrammarNode node;
        while (true) {
            const char c = m_cursor.peek();
            const bool ends = c == '|' || c == ')' || c == '\0' || c == '\n';
            if (ends || (!nested && atRuleHead()))
                return node;
            LEMMA_TRY(GrammarNode part, item(level, nested));
            node.children.push_back(std::move(part));
        }
    }

    Result<GrammarNode> item(int level, bool nested)
    {
        LEMMA_TRY(GrammarNode node, atom(level));
        m_cursor.skipSpace(nested);
        int repeats = 0;
        while (std::string_view("*+?{").find(m_cursor.peek()) != std::string_view::npos && !m_cursor.atEnd()) {
            if (level + ++repeats > mostLevels)
                return m_cursor.error("nested too deeply");
            LEMMA_TRY(node, repetition(std::move(node)));
            m_cursor.skipSpace(nested);
        }
        return node;
    }

    Result<GrammarNode> repetition(GrammarNode repeated)
    {
        GrammarNode node;
        node.kind = GrammarNode::Kind::Repeat;
        node.children.push_back(std::move(repeated));
        if (m_cursor.take("+")) {
            node.least = 1;
        } else if (m_cursor.take("?")) {
            node.most = 1;
        } else if (!m_cursor.take("*")) {
            LEMMA_CHECK(bounds(node));
        }
        return node;
    }

    Result<void> bounds(GrammarNode& node)
    {
        m_cursor.take("{");
        m_cursor.skipSpace(false);
        const bool open = m_cursor.peek() == ',';
        if (!open) {
            LEMMA_TRY(node.least, m_cursor.number(mostRepetitions));
            node.most = node.least;
        }
        m_cursor.skipSpace(false);
        if (m_cursor.take(",")) {
            m_cursor.skipSpace(false);
            node.most = GrammarNode::unlimited;
            if (m_cursor.peek() != '}') {
                LEMMA_TRY(node.most, m_cursor.number(mostRepetitions));
                if (node.most < node.least)
                    return m_cursor.error(fmt::format("{{{},{}}} can never match", node.least, node.most));
            }
        }
        m_cursor.skipSpace(false);
        if (!m_cursor.take("}"))
            return m_cursor.error("'}' is expected");
        return {};
    }

    Result<GrammarNode> atom(int level)
    {
        const TextPosition place = m_cursor.position();
        if (m_cursor.take("\""))
            return literal();
        if (m_cursor.take("["))
            return characterClass();
        if (m_cursor.take("."))
            return characters(CodePointSet::all());
        if (m_cursor.take("(")) {
            if (level >= mostLevels)
                return m_cursor.error("nested too deeply");
            m_cursor.skipSpace(true);
            LEMMA_TRY(GrammarNode node, choice(level + 1, true));
            if (!m_cursor.take(")"))
                return m_cursor.error(fmt::format("the parenthesis of line {} is not closed", place.line));
            return node;
        }
        if (m_cursor.peek() == '<' || m_cursor.startsWith("!<"))
            return m_cursor.error("references to tokens are not supported");
        const std::string name = m_cursor.name();
        if (name.empty())
            return m_cursor.error("this does not belong here");
        GrammarNode node;
        node.kind = GrammarNode::Kind::Rule;
        node.rule = ruleNumber(name, place);
        return node;
    }

    static GrammarNode characters(CodePointSet set)
    {
        GrammarNode node;
        node.kind = GrammarNode::Kind::Characters;
        node.characters = std::move(set);
        return node;
    }

    Result<GrammarNode> literal()
    {
        GrammarNode node;
        node.kind = GrammarNode::Kind::Text;
        while (!m_cursor.take("\"")) {
            LEMMA_TRY(const char32_t c, m_cursor.character());
            utf8Append(node.text, c);
        }
        return node;
    }

    Result<GrammarNode> characterClass()
    {
        const bool negated = m_cursor.take("^");
        std::vector<CodePointRange> ranges;
        while (!m_cursor.take("]")) {
            LEMMA_TRY(const char32_t first, m_cursor.character());
            char32_t last = first;
            if (m_cursor.peek() == '-' && !m_cursor.startsWith("-]")) {
                m_cursor.skip(1);
                LEMMA_TRY(last, m_cursor.character());
                if (last < first)
                    return m_cursor.error("a range that ends before it begins");
            }
            ranges.push_back({first, last});
        }
        CodePointSet set = CodePointSet::of(std::move(ranges));
        return characters(negated ? set.complement() : std::move(set));
    }

    GbnfCursor m_cursor;
    GrammarTree m_tree;
    std::unordered_map<std::string, int> m_numbers;
};

} // namespace

Result<GrammarTree> parseGbnf(std::string_view text)
{
    if (text.size() > mostBytes)
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("grammar: {} bytes are more than {}", text.size(), mostBytes));
    if (text.find('\0') != std::string_view::npos)
        return fail(ErrorCode::InvalidArgument, "grammar: the text holds a zero byte");
    return Parser(text).run();
}

} // namespace lemma::engine
