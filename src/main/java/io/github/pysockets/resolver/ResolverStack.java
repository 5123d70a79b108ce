package io.github.pysockets.resolver;

import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.SocketStack;
import java.util.Objects;

/** A stack whose names of hosts the application answers. */
public final class ResolverStack extends ForwardingStack {
    private final NameResolver resolver;

    /** @param delegate the stack that does all else, and answers what the resolver leaves open */
    public ResolverStack(SocketStack delegate, NameResolver resolver) {
        super(delegate);
        this.resolver = Objects.requireNonNull(resolver, "resolver");
    }

    @Override
    protected NameService wrap(NameService names) {
        return new ResolverNames(names, resolver);
    }
}
