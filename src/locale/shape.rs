//! What a Fluent message is made of: its variables and its plural choices, for the parity check.
use fluent_syntax::ast::{Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey};
use std::collections::BTreeSet;

/// The shape of one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The variables it needs.
    pub(super) variables: BTreeSet<String>,
    /// The categories each `PLURAL` choice names.
    pub(super) plurals: Vec<BTreeSet<String>>,
    /// A number chooses without `PLURAL`: wrong in Arabic from 103 upward.
    pub(super) bare_choice: bool,
}

impl Shape {
    /// The shape of a message's words.
    pub(super) fn of(message: &Message<&str>) -> Self {
        let mut shape = Self::default();
        if let Some(pattern) = &message.value {
            shape.pattern(pattern);
        }
        shape
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let named = variants.iter().filter_map(|variant| match variant.key {
                    VariantKey::Identifier { name } => Some(name.to_owned()),
                    VariantKey::NumberLiteral { .. } => None,
                });
                let named: BTreeSet<String> = named.collect();
                match selector {
                    InlineExpression::FunctionReference { id, .. } if id.name == "PLURAL" => self.plurals.push(named),
                    InlineExpression::VariableReference { .. } => {
                        self.bare_choice |= named.contains("one") || named.contains("few") || named.contains("many");
                    }
                    _ => {}
                }
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => _ = self.variables.insert(id.name.to_owned()),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { arguments, .. } => {
                for argument in &arguments.positional {
                    self.inline(argument);
                }
            }
            _ => {}
        }
    }
}
