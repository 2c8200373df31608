"""For who keeps Jirei: checks of the corpus, fits of the judges, the gate. Not in the product."""
