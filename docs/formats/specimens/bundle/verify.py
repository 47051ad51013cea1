# In a real bundle a copy of assets/verify.py stands here.
