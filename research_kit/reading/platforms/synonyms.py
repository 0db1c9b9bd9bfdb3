"""What review tables and event logs call their columns, in three languages: data only. Case, blanks, "_", "-" and "." do not count.

The order matters: where two columns fit, the name that stands first here wins.
"""

from __future__ import annotations


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("\n", ";").split(";") if name.strip())


TEXT = _names("""
    review text; review content; review body; review; reviews; text; body; content; comment; comments; feedback; remark; verbatim
    rate content; snippet; review comment; customer comment; your review; full review; answer text
    评论内容; 评价内容; 點評內容; 点评内容; 評論內容; 評價內容; 评论; 評論; 评价; 評價; 内容; 內容; 留言; 留言內容; 留言内容; 意見; 意见; 心得
    評語; 评语; 回饋; 反馈; 评论文本; 評論文字; 顧客評論; 用户评论
""")
RATING = _names("""
    overall rating; overall; star rating; review rating; review score; review stars; rating; ratings; stars; star; score
    overall score; rating value; rate; review star rating
    总体评分; 整體評分; 整体评分; 综合评分; 綜合評分; 总评分; 總評分; 评分; 評分; 总分; 總分; 星级; 星級; 星等; 星數; 星数; 评价星级; 評價星等; 分数; 分數
    打分; 给分
""")
TITLE = _names("""
    review title; review headline; title; headline; summary; subject
    评论标题; 評論標題; 标题; 標題; 主題; 主题
""")
DATE = _names("""
    review date; review time; review datetime utc; date; created at; time; at; timestamp; published at; published at date
    submitted at; rate date; date published; review created; posted at; comment at; reference time
    评论时间; 評論時間; 评价时间; 評價時間; 发表时间; 發表時間; 创建时间; 創建時間; 日期; 时间; 時間; 评论日期; 評論日期
""")
REPLY = _names("""
    reply; owner reply; owner answer; response from owner text; developer reply text; reply text; response; owner response; property reply
    商家回复; 商家回覆; 店家回覆; 业主回复; 業主回應; 业者回覆; 業者回覆; 回复; 回覆
""")
AUTHOR = _names("""
    author; author title; author name; reviewer; reviewer name; reviewer display name; user name; username; nickname; display name
    full name; guest name; name; display user nick; user nickname; reviewer nickname; user nick; customer name
    用户名; 用戶名; 暱稱; 昵称; 評論者; 评论者; 作者; 評論人; 评论人; 顧客姓名; 顾客姓名; 用户昵称; 用戶暱稱; 使用者暱稱; 使用者名稱; 用户名称; 用戶名稱
    会员昵称; 會員暱稱; 会员名; 買家暱稱; 买家昵称; 顾客昵称; 顧客暱稱; 评论者昵称; 評論者暱稱; 评论者名称; 評論者名稱; 作者昵称; 作者暱稱; 作者名; 发布者
    發布者
""")
USER = _names("""
    user pseudo id; user id; visitor id; client id; customer id; contact id; member id; account id; distinct id; anonymous id; person id
    user; visitor; customer; contact; session id
    用户id; 用戶id; 使用者id; 会员编号; 會員編號; 顧客編號; 客户编号; 客戶編號; 访客id; 訪客id; 用户; 用戶; 使用者; 會員; 会员
""")
EVENT = _names("""
    event name; event; event type; event action; action; activity; touchpoint event; event category
    事件名称; 事件名稱; 事件; 事件类型; 事件類型; 行为; 行為; 动作; 動作
""")
EVENT_TIME = _names("""
    event timestamp; event time; timestamp; event date time; datetime; date time; time; created at; occurred at; created date; ts; date
    事件时间; 事件時間; 发生时间; 發生時間; 时间戳; 時間戳記; 时间; 時間; 日期
""")
