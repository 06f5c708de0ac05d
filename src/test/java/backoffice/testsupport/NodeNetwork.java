package backoffice.testsupport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network of this machine and of nodes that have a network namespace each, so that a test can cut a node off. Its
 * bridge has a namespace of its own, because the firewall of the machine may drop packets that cross a bridge.
 */
final class NodeNetwork implements AutoCloseable {

    /** The process id keeps runs apart that run at the same time. An interface has at most 15 characters. */
    private static final long PID = ProcessHandle.current().pid();

    private static final String HOST = "cg" + PID;
    private static final String BRIDGE = HOST + "-bridge";
    private static final String SUBNET = "10.231." + PID % 256 + ".";

    private final List<String> nodes;

    private NodeNetwork(List<String> nodes) {
        this.nodes = nodes;
    }

    /** Creates the network. It is empty when this process may not create network namespaces, or has no program for it. */
    static Optional<NodeNetwork> create(List<String> nodes) {
        NodeNetwork network = new NodeNetwork(nodes);
        try {
            network.create();
            return Optional.of(network);
        } catch (IOException notPermitted) {
            network.close();
            return Optional.empty();
        }
    }

    private void create() throws IOException {
        ip("netns add " + BRIDGE);
        ip("-n " + BRIDGE + " link add bridge type bridge");
        ip("-n " + BRIDGE + " link set bridge up");
        ip("link add " + HOST + " type veth peer name host netns " + BRIDGE);
        ip("address add " + hostAddress() + "/24 dev " + HOST);
        ip("link set " + HOST + " up");
        ip("-n " + BRIDGE + " link set host master bridge up");
        for (String node : nodes) {
            ip("netns add " + namespace(node));
            ip("-n " + namespace(node) + " link add eth0 type veth peer name " + node + " netns " + BRIDGE);
            ip("-n " + namespace(node) + " address add " + address(node) + "/24 dev eth0");
            ip("-n " + namespace(node) + " link set eth0 up");
            ip("-n " + namespace(node) + " link set lo up");
            ip("-n " + BRIDGE + " link set " + node + " master bridge up");
        }
    }

    String hostAddress() {
        return SUBNET + 1;
    }

    String address(String node) {
        return SUBNET + (2 + nodes.indexOf(node));
    }

    List<String> on(String node) {
        return List.of("ip", "netns", "exec", namespace(node));
    }

    /** Drops all packets from a node and to it, as a pulled cable does. */
    void cutOff(String node) throws IOException {
        ip("-n " + BRIDGE + " link set " + node + " down");
    }

    void reconnect(String node) throws IOException {
        ip("-n " + BRIDGE + " link set " + node + " up");
    }

    /** Removes also what a failed start has left. */
    @Override
    public void close() {
        List<String> commands = new ArrayList<>(List.of("link delete " + HOST, "netns delete " + BRIDGE));
        nodes.forEach(node -> commands.add("netns delete " + namespace(node)));
        for (String command : commands) {
            try {
                ip(command);
            } catch (IOException neverCreated) {
                // The others still have to go.
            }
        }
    }

    private static String namespace(String node) {
        return HOST + "-" + node;
    }

    private static void ip(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Programs.run(command);
    }
}
