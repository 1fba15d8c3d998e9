"""Pages of 分工: what holds on a day, its papers, and the drafting of the next."""
