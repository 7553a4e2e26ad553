/// Two names sound alike when their keys are the same.
pub fn key(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        let sound = match letter {
            'b' | 'p' | 'v' | 'f' | 'w' => 'p',
            'd' | 't' => 't',
            'c' | 'g' | 'k' | 'q' | 'x' => 'k',
            's' | 'z' => 's',
            'm' | 'n' => 'n',
            'l' | 'r' => 'r',
            _ => continue,
        };
        if !out.ends_with(sound) {
            out.push(sound);
        }
    }
    out
}

#[test]
fn spellings_of_one_name_share_a_key() {
    assert_eq!(key("Petrov"), key("Pietrow"));
}
