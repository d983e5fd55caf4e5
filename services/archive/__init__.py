"""电子归档包: one case in one file that proves itself, without this system and for as long as paper would have lain.

国务院关于在线政务服务的若干规定 art. 12: electronic files are archived electronically, as archives ask for them.
"""
