package io.github.pysockets.stack;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A stack that has none of the abilities of another one: what is left is what every stack can do. */
public final class PlainStack extends ForwardingStack {
    public PlainStack(SocketStack delegate) {
        super(delegate);
    }

    /** Abilities of the contract are hidden; what a stack finds its own endpoints by is not. */
    private static boolean isHidden(Class<?> type) {
        return type.isInterface() && type.getPackage() == SocketStack.class.getPackage();
    }

    @Override
    public <A> A ability(Class<A> type) {
        return isHidden(type) ? null : super.ability(type);
    }

    @Override
    public boolean offers(Class<? extends Endpoint> ability) {
        return !isHidden(ability) && super.offers(ability);
    }

    @Override
    public Map<String, Long> constants() {
        Map<String, Long> constants = new LinkedHashMap<>(super.constants());
        constants.keySet().removeIf(name -> name.startsWith("EPOLL"));
        return Collections.unmodifiableMap(constants);
    }

    @Override
    protected Endpoint wrap(Endpoint endpoint) {
        return new ForwardingEndpoint(endpoint, this::wrap) {
            @Override
            public <A> A ability(Class<A> type) {
                return isHidden(type) ? null : super.ability(type);
            }
        };
    }
}
