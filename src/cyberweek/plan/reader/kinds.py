"""The kind of an activity, from its name and then from its text."""

from __future__ import annotations

import re

_BY_NAME = (
    ("theme-days", r"主题日"),
    ("works", r"征集|征文|手抄报|海报|微视频|短视频(?!宣传)|书画|漫画|黑板报|板报|作品|创意设计|摄影|标语|绘画|剧本|文创"),
    ("recommendation", r"推荐|推选|评选|遴选|优秀案例|授牌|表彰|选树|典型案例评"),
    ("duel", r"对战|游戏|闯关|PK|大作战|攻防战|通关"),
    ("survey", r"调查|问卷|满意度|测评(?!估)"),
    ("quiz", r"问答|答题|竞答|知识竞赛|知识测试|知识大赛|知识挑战|答一套题|答一答|知识测验|知识赛"),
    ("contest", r"竞赛|大赛|比赛|攻防|挑战赛|CTF|夺旗|对抗赛|技能赛|总决赛|决赛|演讲|辩论"),
    ("expo", r"博览会|体验展|展览|展示|展馆|成果展|成就展|体验馆|体验区|巡展|展会|云展|体验活动|互动体验|体验营|展区"),
    ("classroom", r"课堂|培训|讲座|公开课|一堂课|一节课|班会|课程|讲堂|学习|专题教育|上好|上一|宣讲|报告会|开学第一课|安全课|微课|教育活动|主题教育|国旗下|队课|晨会"),
    ("gathering", r"论坛|启动仪式|启动会|开幕|闭幕|会议|研讨|沙龙|座谈|发布会|大会|仪式|峰会|交流会|对话|主题日|日活动|晚会|招聘|签约|文艺|观影|演出|[^节]日$"),
    ("outreach", r"进基层|[三四五六七八九十]进|进社区|进校园|进企业|进农村|进机关|进家庭|进军营|进商圈|进网点|进万家|走进|现场宣传|集中宣传|咨询|发放|户外宣传|街头|广场|志愿|摆摊|宣传点|下乡|入户|网点宣传|厅堂|线下宣传|阵地宣传|巡讲"),
    ("media", r"主题宣传|公益广告|融媒体|短信|大屏|展播|媒体|宣传报道|推送|推文|网上|线上宣传|视频|屏|横幅|海报|专栏|直播|宣传标语|宣传片|广告|公众号|专题网|氛围|广播|媒"),
    ("outreach", r"宣传活动|宣传教育|普及|宣传"),
)  # fmt: skip
_BY_TEXT = (
    ("quiz", r"答题|有奖问答|知识竞赛|知识竞答"),
    ("contest", r"攻防竞赛|技能竞赛|夺旗"),
    ("works", r"作品征集|征集作品|投稿"),
    ("survey", r"问卷调查|满意度调查"),
    ("expo", r"体验展|展馆|布展|参展"),
    ("classroom", r"讲座|培训|授课|班会|公开课"),
    ("gathering", r"启动仪式|开幕式|论坛|研讨|座谈"),
    ("media", r"公益广告|公众号|LED|电子屏|大屏|展播|短信|推文|媒体"),
    ("outreach", r"进社区|进校园|进企业|发放|宣传栏|现场咨询|宣传"),
)
_SINGLE = re.compile(
    r"竞赛|大赛|答题|问答|竞答|征集|征文|论坛|讲座|展览|博览会|体验展|调查|问卷|比赛|培训|课堂|演练|游戏|评选|推荐|挑战赛|沙龙|班会|研讨会|对战|公开课|演讲|启动仪式|开幕式|观影|直播课|测试|巡展"
)


def of(name: str, text: str = "") -> str:
    """One of the agreed kinds; other when nothing speaks for any."""
    bare = re.sub(r"网络安全宣传周|网络安全为人民.{0,2}网络安全靠人民", "", name)
    for kind, pattern in _BY_NAME:
        if re.search(pattern, bare):
            return "quiz" if kind == "contest" and _answered(bare, text) else kind
    for kind, pattern in _BY_TEXT:
        if re.search(pattern, text):
            return kind
    return "other"


def _answered(name: str, text: str) -> bool:
    return not re.search(r"攻防|技能|CTF|夺旗|演讲|辩论", name) and bool(
        re.search(r"线上答题|网上答题|题库|随机抽取|扫码答题|在线答题", text)
    )


def single(name: str) -> bool:
    """Whether the name is that of one activity and not of a whole week."""
    return bool(_SINGLE.search(name)) and not re.search(r"系列|各项|等活动|方案汇编", name)
