/// The rules in the order in which a terminal hears of them.
pub fn answer(request: &Request, card: &Card, available: Minor) -> Reply {
    if card.blocked {
        return Reply::declined(Reason::Blocked);
    }
    if !request.present && !card.online {
        return Reply::declined(Reason::OnlineSwitchedOff);
    }
    if request.country != card.home && !card.abroad {
        return Reply::declined(Reason::AbroadSwitchedOff);
    }
    if card.spent_today + request.amount > card.daily {
        return Reply::declined(Reason::DailyLimit);
    }
    if request.amount > available {
        return Reply::declined(Reason::Funds);
    }
    Reply::approved(request.amount)
}
