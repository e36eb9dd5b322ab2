"""What templates of reading lists can say."""
