package dev.acey.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML with JSON's idea of a scalar: a plain scalar is a number, {@code true}, {@code false}
 * or {@code null} exactly where JSON says so, and else a text. No anchors, no aliases, no tags.
 */
final class YamlSource {
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?");

    private static final String NO_TAGS =
            "YAML tags are not allowed; a text that starts with ! must be quoted";

    private YamlSource() {}

    static SourceNode parse(String source) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(Limits.MAX_SOURCE_DEPTH);
        options.setCodePointLimit(Limits.MAX_SOURCE);
        try {
            checkEvents(new ParserImpl(new StreamReader(source), options));
            Parser parser = new ParserImpl(new StreamReader(source), options);
            Node root = new Composer(parser, new Resolver(), options).getSingleNode();
            if (root == null) {
                throw new RuleSetException("the rule set is empty", 1, null);
            }
            return convert(root);
        } catch (MarkedYAMLException e) {
            boolean tag = e.getContext() != null && e.getContext().contains("tag");
            throw new RuleSetException(
                    tag ? NO_TAGS : "not YAML: " + e.getProblem(),
                    lineOf(e.getProblemMark()),
                    null);
        } catch (YAMLException e) {
            throw new RuleSetException("not YAML: " + Quote.shorten(e.getMessage()), 0, null);
        }
    }

    private static void checkEvents(Parser parser) {
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
            Event event = parser.getEvent();
            int line = lineOf(event.getStartMark());
            if (event instanceof NodeEvent node && node.getAnchor() != null) {
                throw new RuleSetException("anchors and aliases are not allowed", line, null);
            }
            if ((event instanceof ScalarEvent scalar && scalar.getTag() != null)
                    || (event instanceof CollectionStartEvent start && start.getTag() != null)) {
                throw new RuleSetException(NO_TAGS, line, null);
            }
        }
    }

    private static SourceNode convert(Node node) {
        int line = lineOf(node.getStartMark());
        if (node instanceof MappingNode mapping) {
            SourceNode.Mapping converted =
                    new SourceNode.Mapping(line, new LinkedHashMap<>(), new LinkedHashMap<>());
            for (NodeTuple tuple : mapping.getValue()) {
                SourceNode.put(
                        converted,
                        nameOf(tuple.getKeyNode()),
                        lineOf(tuple.getKeyNode().getStartMark()),
                        convert(tuple.getValueNode()));
            }
            return converted;
        }
        if (node instanceof SequenceNode sequence) {
            List<SourceNode> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(convert(item)));
            return new SourceNode.Sequence(line, items);
        }
        return scalar((ScalarNode) node, line);
    }

    private static String nameOf(Node key) {
        if (!(key instanceof ScalarNode scalar)) {
            throw new RuleSetException(
                    "a field's name must be a plain text", lineOf(key.getStartMark()), null);
        }
        return scalar.getValue();
    }

    private static SourceNode scalar(ScalarNode node, int line) {
        String text = node.getValue();
        ScalarStyle style = node.getScalarStyle();
        if (style != ScalarStyle.PLAIN) {
            boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
            return new SourceNode.Scalar(
                    block ? line + 1 : line, text, style == ScalarStyle.LITERAL);
        }
        return new SourceNode.Scalar(line, plain(text), false);
    }

    private static Object plain(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            case "null", "~", "" -> null;
            default -> NUMBER.matcher(text).matches() ? Double.valueOf(text) : text;
        };
    }

    private static int lineOf(Mark mark) {
        return mark == null ? 0 : mark.getLine() + 1;
    }
}
