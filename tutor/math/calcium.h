#pragma once
/* Exact numbers of Calcium behind plain C functions: Calcium's own headers are not C++ (they convert void* silently).
 *
 *     lemma_exact_field* field = lemma_exact_field_new();
 *     lemma_exact* two = lemma_exact_rational(field, "2");
 *     lemma_exact* root = lemma_exact_sqrt(field, two);
 *     lemma_exact_is_zero(field, root);      1 yes, 0 no (both proved), -1 not decided
 *
 * Functions that make a number return a new one; each is freed with lemma_exact_free. A field and its numbers belong to
 * one thread. Limits on precision and degree are set by lemma_exact_field_new, so that no call runs away. */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lemma_exact_field lemma_exact_field;
typedef struct lemma_exact lemma_exact;

lemma_exact_field* lemma_exact_field_new(void);
void lemma_exact_field_free(lemma_exact_field* field);
void lemma_exact_free(lemma_exact_field* field, lemma_exact* x);

lemma_exact* lemma_exact_rational(lemma_exact_field* field, const char* text); /* "-3/4"; null: not a rational */
lemma_exact* lemma_exact_pi(lemma_exact_field* field);
lemma_exact* lemma_exact_e(lemma_exact_field* field);
lemma_exact* lemma_exact_i(lemma_exact_field* field);

/* operation: + - * / ^ */
lemma_exact* lemma_exact_binary(lemma_exact_field* field, char operation, const lemma_exact* a, const lemma_exact* b);

/* name: neg sqrt exp ln sin cos tan asin acos atan abs floor ceil conj re im; null for another name */
lemma_exact* lemma_exact_unary(lemma_exact_field* field, const char* name, const lemma_exact* x);

int lemma_exact_is_zero(lemma_exact_field* field, const lemma_exact* x);
int lemma_exact_is_negative(lemma_exact_field* field, const lemma_exact* x);
int lemma_exact_is_real(lemma_exact_field* field, const lemma_exact* x);
int lemma_exact_is_number(lemma_exact_field* field, const lemma_exact* x); /* neither infinite nor undefined */

/* About how large: log2 of its size, clamped to +-1e9. */
double lemma_exact_magnitude(lemma_exact_field* field, const lemma_exact* x);

#ifdef __cplusplus
}
#endif
