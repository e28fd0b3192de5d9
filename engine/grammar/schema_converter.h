#pragma once
// Walks through a JSON schema and writes a rule for each part. Used by json_schema.cpp; the kinds of values are in
// files of their own.

#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "engine/base/result.h"

namespace lemma::engine {

class SchemaConverter {
public:
    using Json = nlohmann::ordered_json; // properties keep their order

    explicit SchemaConverter(const Json& document) : m_document(document) {}

    Result<std::string> run(); // the whole grammar

private:
    // Where a schema is: its JSON pointer for messages, and how deep.
    struct Place {
        std::string pointer;
        int depth = 0;
        Place inside(std::string_view part) const;
    };

    // Each returns GBNF: rule() the name of a new rule, the others an expression.
    Result<std::string> rule(const Json& schema, const Place& place);
    Result<std::string> expression(const Json& schema, const Place& place);
    Result<std::string> reference(const Json& schema, const Place& place);
    Result<std::string> alternatives(const Json& schemas, const Place& place);
    Result<std::string> values(const Json& schema, const Place& place);
    Result<std::string> ofTypes(const Json& schema, const Place& place);
    Result<std::string> ofType(const std::string& type, const Json& schema, const Place& place);
    Result<std::string> string(const Json& schema, const Place& place);
    Result<std::string> integer(const Json& schema, const Place& place);
    Result<std::string> number(const Json& schema, const Place& place);
    Result<std::string> array(const Json& schema, const Place& place);
    Result<std::string> object(const Json& schema, const Place& place);

    struct Member {
        std::string pair; // GBNF of key, colon and value
        bool required = false;
    };
    Result<std::vector<Member>> members(const Json& schema, const Place& place);
    Result<std::string> otherMember(const Json& schema, const Place& place); // empty: none are allowed
    std::string objectOf(const std::vector<Member>& members, const std::string& other);

    Result<void> checkKeywords(const Json& schema, const Place& place) const;
    // A count such as minLength; `otherwise` where absent.
    Result<std::optional<std::int64_t>> count(const Json& schema, const char* keyword, const Place& place) const;
    std::string add(std::string_view expression);
    std::string newName();

    static tl::unexpected<Error> refuse(ErrorCode code, const Place& place, std::string_view reason);

    const Json& m_document;
    std::string m_rules;
    std::map<std::string, std::string> m_references; // pointer to rule
    int m_names = 0;
};

} // namespace lemma::engine
