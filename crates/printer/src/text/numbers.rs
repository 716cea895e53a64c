//! Numbers as people read them.

/// `394,201`
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 record`, `2 records`
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        grouped(number),
        if number == 1 { one } else { many }
    )
}

/// `401.2 MB`, decimal units.
pub(super) fn bytes(n_bytes: f64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if n_bytes < 1000.0 {
        return format!("{n_bytes:.0} B");
    }
    let (mut value, mut unit) = (n_bytes / 1000.0, 0);
    // 999.95 would be shown as 1000.0.
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(394_201), "394,201");
        assert_eq!(grouped(1_000_000), "1,000,000");
        assert_eq!(counted(1, "record", "records"), "1 record");
        assert_eq!(bytes(999.0), "999 B");
        assert_eq!(bytes(999_949.0), "999.9 kB");
        assert_eq!(bytes(999_950.0), "1.0 MB");
        assert_eq!(bytes(401_200_000.0), "401.2 MB");
        assert_eq!(bytes(2.5e15), "2500.0 TB");
    }
}
