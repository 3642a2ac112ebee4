"""Sums of one month for a whole town at once, in columns. For simulation alone: nothing that decides may import it.

`assess_month` remains the calculation. What is here is its twin for many: the same dated figures, whole öre, and no
lines. It states which households it covers, leaves every other to `assess_month`, and `simulation` computes a random
part of each run line by line and stops at the first difference (docs/adr/0011).
"""
