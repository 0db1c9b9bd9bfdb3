"""How texts are cut: sentences, contrasts, lists, the replies of others; and the language of each."""
