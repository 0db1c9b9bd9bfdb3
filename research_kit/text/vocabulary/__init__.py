"""What people talk of, written down by hand: concepts, common stages, touchpoints and channels, in words of both languages."""
