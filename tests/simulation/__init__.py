"""An office-year from a seed: what people, mail, clocks and power cuts do, and what must always hold."""
