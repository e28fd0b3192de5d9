#include "tutor/math/calcium.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <calcium/ca.h>

struct lemma_exact_field {
    ca_ctx_t context;
};

struct lemma_exact {
    ca_t value;
};

lemma_exact_field* lemma_exact_field_new(void)
{
    lemma_exact_field* field = flint_malloc(sizeof(lemma_exact_field));
    ca_ctx_init(field->context);
    /* Chosen by judgement, not measured: Calcium cannot be interrupted, so these alone bound a single operation. */
    field->context->options[CA_OPT_PREC_LIMIT] = 1024;
    field->context->options[CA_OPT_QQBAR_DEG_LIMIT] = 40;
    field->context->options[CA_OPT_POW_LIMIT] = 10;
    field->context->options[CA_OPT_GROEBNER_LENGTH_LIMIT] = 24;
    field->context->options[CA_OPT_GROEBNER_POLY_LENGTH_LIMIT] = 200;
    field->context->options[CA_OPT_GROEBNER_POLY_BITS_LIMIT] = 2000;
    return field;
}

void lemma_exact_field_free(lemma_exact_field* field)
{
    ca_ctx_clear(field->context);
    flint_free(field);
}

static lemma_exact* newNumber(lemma_exact_field* field)
{
    lemma_exact* x = flint_malloc(sizeof(lemma_exact));
    ca_init(x->value, field->context);
    return x;
}

void lemma_exact_free(lemma_exact_field* field, lemma_exact* x)
{
    ca_clear(x->value, field->context);
    flint_free(x);
}

lemma_exact* lemma_exact_rational(lemma_exact_field* field, const char* text)
{
    fmpq_t q;
    fmpq_init(q);
    lemma_exact* x = NULL;
    if (fmpq_set_str(q, text, 10) == 0) {
        x = newNumber(field);
        ca_set_fmpq(x->value, q, field->context);
    }
    fmpq_clear(q);
    return x;
}

lemma_exact* lemma_exact_pi(lemma_exact_field* field)
{
    lemma_exact* x = newNumber(field);
    ca_pi(x->value, field->context);
    return x;
}

lemma_exact* lemma_exact_e(lemma_exact_field* field)
{
    lemma_exact* x = newNumber(field);
    ca_one(x->value, field->context);
    ca_exp(x->value, x->value, field->context);
    return x;
}

lemma_exact* lemma_exact_i(lemma_exact_field* field)
{
    lemma_exact* x = newNumber(field);
    ca_i(x->value, field->context);
    return x;
}

lemma_exact* lemma_exact_binary(lemma_exact_field* field, char operation, const lemma_exact* a, const lemma_exact* b)
{
    lemma_exact* x = newNumber(field);
    switch (operation) {
    case '+': ca_add(x->value, a->value, b->value, field->context); break;
    case '-': ca_sub(x->value, a->value, b->value, field->context); break;
    case '*': ca_mul(x->value, a->value, b->value, field->context); break;
    case '/': ca_div(x->value, a->value, b->value, field->context); break;
    default: ca_pow(x->value, a->value, b->value, field->context); break;
    }
    return x;
}

typedef void (*unaryFunction)(ca_t, const ca_t, ca_ctx_t);

static void sine(ca_t r, const ca_t x, ca_ctx_t ctx) { ca_sin_cos(r, NULL, x, ctx); }
static void cosine(ca_t r, const ca_t x, ca_ctx_t ctx) { ca_sin_cos(NULL, r, x, ctx); }

lemma_exact* lemma_exact_unary(lemma_exact_field* field, const char* name, const lemma_exact* x)
{
    static const struct {
        const char* name;
        unaryFunction function;
    } functions[] = {
        {"neg", ca_neg}, {"sqrt", ca_sqrt}, {"exp", ca_exp}, {"ln", ca_log}, {"sin", sine}, {"cos", cosine},
        {"tan", ca_tan}, {"asin", ca_asin}, {"acos", ca_acos}, {"atan", ca_atan}, {"abs", ca_abs}, {"floor", ca_floor},
        {"ceil", ca_ceil}, {"conj", ca_conj}, {"re", ca_re}, {"im", ca_im},
    };
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; ++i)
        if (strcmp(functions[i].name, name) == 0) {
            lemma_exact* result = newNumber(field);
            functions[i].function(result->value, x->value, field->context);
            return result;
        }
    return NULL;
}

static int asInt(truth_t truth) { return truth == T_TRUE ? 1 : truth == T_FALSE ? 0 : -1; }

int lemma_exact_is_zero(lemma_exact_field* field, const lemma_exact* x)
{
    return asInt(ca_check_is_zero(x->value, field->context));
}

int lemma_exact_is_negative(lemma_exact_field* field, const lemma_exact* x)
{
    return asInt(ca_check_is_negative_real(x->value, field->context));
}

int lemma_exact_is_real(lemma_exact_field* field, const lemma_exact* x)
{
    return asInt(ca_check_is_real(x->value, field->context));
}

int lemma_exact_is_number(lemma_exact_field* field, const lemma_exact* x)
{
    return asInt(ca_check_is_number(x->value, field->context));
}

double lemma_exact_magnitude(lemma_exact_field* field, const lemma_exact* x)
{
    acb_t ball;
    arf_t size;
    acb_init(ball);
    arf_init(size);
    ca_get_acb(ball, x->value, 64, field->context);
    acb_get_abs_ubound_arf(size, ball, 32);
    double result = 1e9;
    if (arf_is_zero(size)) {
        result = -1e9;
    } else if (arf_is_finite(size)) {
        fmpz_t exponent;
        fmpz_init(exponent);
        arf_abs_bound_lt_2exp_fmpz(exponent, size);
        result = fmpz_get_d(exponent);
        fmpz_clear(exponent);
    }
    arf_clear(size);
    acb_clear(ball);
    return fmax(-1e9, fmin(1e9, result));
}
