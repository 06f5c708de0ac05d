<?php
// Not run by a test. Usage: URL=http://localhost:8080/bitanswer/api BITKEY=dev-bitkey php docs/clients/client.php (PHP 8)

// While the service answers 5001, waits as long as Retry-After says, and sends the same request again.
function call(string $method, string $path, ?array $body = null, ?string $key = null): array
{
    $headers = ['bitkey: ' . getenv('BITKEY'), 'Content-Type: application/json'];
    if ($key !== null) $headers[] = "x-bit-req-id: $key";
    $http = ['method' => $method, 'header' => $headers, 'ignore_errors' => true];
    if ($body !== null) $http['content'] = json_encode($body, JSON_THROW_ON_ERROR);
    for ($attempt = 0; ; $attempt++) {
        $answer = json_decode(file_get_contents(getenv('URL') . $path, false, stream_context_create(['http' => $http])), true);
        if ($answer['status'] === 0) return $answer['data'];
        if ($attempt === 5 || $answer['status'] !== 5001) throw new RuntimeException($answer['msg']);
        $after = preg_grep('/^retry-after:/i', $http_response_header);
        sleep($after ? (int) substr(reset($after), strlen('retry-after:')) : 1);
    }
}

$groups = [];
while ($page = call('GET', '/customer_groups?limit=100&offset=' . count($groups))['items']) {
    $groups = array_merge($groups, $page);
}
echo 'groups: ', count($groups), "\n";

$search = ['querys' => [['name' => 'name', 'op' => 'like', 'values' => ['s%']]]];
echo 'found: ', call('POST', '/customer_groups/data', $search)['total'], "\n";

$created = call('POST', '/customers', [['name' => 'sample']], bin2hex(random_bytes(16)));
echo 'created: ', $created['items'][0]['name'], "\n";
