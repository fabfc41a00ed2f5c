"""A second reading of sentences the rules are not sure of: what to ask a language model, and how to read its answer.

This room sends nothing anywhere: `flows.rounds` does that. `choose` says which mentions are worth a question, `ask`
makes the question, `answer` reads what came back, `evidence` finds its quotes in the stored text, and `compare` says
whether the two readings agree. A story is data: it travels as JSON inside a message of its own, never in the
instructions, and whatever it talks a model into saying must still pass the checks here and then changes no mention.

Decided 2026-11-25: the model is asked what the sentence reports, and not whether the rules are right, since a model
that is shown an answer tends to nod. It may name several events, as a sentence may.
"""
