"""Every word that the duel's island shows, and refusals in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cyberweek.activities.duel.ring import RING, partial


def ring() -> list[dict[str, str]]:
    """The table of counters in the language of the page."""
    return [
        {
            "code": each.code,
            "name": _(each.name),
            "counter": _(each.counter),
            "half": _(RING[partial(number)].counter),
            "helps": _(each.helps),
        }
        for number, each in enumerate(RING)
    ]


def tempers() -> dict[str, str]:
    return {"cautious": _("陪练·稳"), "balanced": _("陪练·衡"), "bold": _("陪练·猛")}


def refusals() -> dict[str, str]:
    """Why something was not done, and what to do."""
    return {
        "not-open": _("对战还没有开始。请在开放时间再来。"),
        "closed": _("对战已经结束，谢谢关注。"),
        "withdrawn": _("主办方已经撤下这项活动。"),
        "unknown-code": _("没有这个约战码，或者朋友已经离开。请看清后再输一次，或者请朋友重新约。"),
        "too-fast": _("太快了。请读完题目再选。"),
        "too-late": _("这一步的时间已经过了，请接着下一步。"),
        "no-rescue": _("应急响应只能用一次，而且要落后六点以上。"),
        "impossible-split": _("能量不够这样分。请减掉一些。"),
        "old-protocol": _("这个页面开得太久了。请刷新后再玩。"),
        "unknown-match": _("这一局已经找不到了。请重新开始一局。"),
        "forged-ticket": _("这一局已经失效。请重新开始一局。"),
        "busy": _("等朋友的人太多了。请过几分钟再约。"),
        "moved": _("服务刚刚切换。请再试一次。"),
    }


def labels() -> dict[str, object]:
    return {
        "title": _("攻守一线"),
        "start": _("开始对战"),
        "again": _("再来一局"),
        "tutorial": _("先学一局（三回合）"),
        "practice": _("和陪练练一局"),
        "friend": _("约朋友"),
        "join": _("进入"),
        "code": _("朋友的约战码"),
        "calm": _("从容模式：每一步时间加倍"),
        "waiting": _("正在找对手……三秒内没有人，就由陪练上场。"),
        "hosting": _("把约战码告诉朋友："),
        "cancel": _("不等了"),
        "person": _("对手"),
        "me": _("我"),
        "ready": _("准备"),
        "round": _("第 {n} 回合 / 共 {of}"),
        "bulletin": _("威胁通报：{threat}高发，本回合每点攻击多伤一点"),
        "true": _("对"),
        "false": _("错"),
        "answered": _("已锁定。等对方作答……"),
        "foeAnswered": _("对方已作答"),
        "right": _("答对了，得 {n} 点能量"),
        "wrong": _("答错了，得 {n} 点能量。正确答案：{right}"),
        "attack": _("出击：点一下加一点，最多两点"),
        "defend": _("布防：一点能量一张对策"),
        "energy": _("剩余能量 {n}"),
        "rescue": _("应急响应：挡两点，回五点"),
        "lock": _("锁定布防"),
        "lockedIn": _("已锁定，封印已送到对方。等对方布防……"),
        "foeLocked": _("对方已锁定"),
        "hit": _("{who}用{threat}出击 {n} 点，伤 {damage} 点"),
        "stopped": _("{who}用{threat}出击 {n} 点，被“{counter}”挡住，反伤 {struck} 点"),
        "noHit": _("{who}没有出击"),
        "shields": _("护盾：我 {mine}，对方 {theirs}"),
        "sealBroken": _("对方揭晓的布防与封印不符。请把这一局告诉主办方。"),
        "won": _("守住了，赢下这一局！"),
        "lost": _("防线被突破了"),
        "tied": _("平局，势均力敌"),
        "score": _("护盾 {mine}：{theirs}，答对 {right}：{theirRight}"),
        "lessons": _("什么突破了防线，什么能挡住它"),
        "noLessons": _("这一局没有攻击突破您的防线。"),
        "stops": _("{counter}能完全挡住；{half}能挡一半"),
        "missed": _("答错的题"),
        "practise": _("到学习练习里再练练"),
        "record": _("对局记录与服务器一致"),
        "recordBroken": _("对局记录与服务器不一致。请把这一局告诉主办方。"),
        "voided": _("服务中断太久，这一局作废，不算输赢。"),
        "resumed": _("服务刚刚恢复，这一步重新计时。"),
        "offline": _("连接断了，正在重连……座位给您留着。"),
        "seconds": _("剩 {n} 秒"),
        "refusals": refusals(),
        "tempers": tempers(),
    }
