"""电子监察: what the supervisor counts, and the cards (红黄牌)."""
