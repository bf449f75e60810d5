// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "solady/tokens/ERC721.sol";

import {Guardianship} from "./Guardianship.sol";
import {TrustEvents} from "./TrustEvents.sol";
import {IDigitalTwin} from "./interfaces/IDigitalTwin.sol";
import {IERC5192} from "./interfaces/IERC5192.sol";
import {ITokenMetadata} from "./interfaces/ITokenMetadata.sol";
import {SignedBy} from "./libraries/SignedBy.sol";
import {Authority, Consent, EpochRaise, Policy, Retirement, SerialRaise} from "./types/Consent.sol";

/// @title The ownership token of a digital replica
contract DigitalTwin is IDigitalTwin, Guardianship, TrustEvents {
    using SignedBy for address;

    uint256 private constant WHOLE_BPS = 10_000;

    bytes32 private constant POLICY_TYPEHASH = keccak256(
        "Policy(string memo,uint256 twinId,uint32 uses,uint32 categories,uint16 leastOwnerBps,uint32 nonce,uint40 deadline)"
    );
    bytes32 private constant EPOCH_RAISE_TYPEHASH =
        keccak256("EpochRaise(string memo,uint256 twinId,uint32 nonce,uint40 deadline)");
    bytes32 private constant SERIAL_RAISE_TYPEHASH =
        keccak256("SerialRaise(string memo,uint256 twinId,uint32 leastSerial,uint32 nonce,uint40 deadline)");
    bytes32 private constant RETIREMENT_TYPEHASH =
        keccak256("Retirement(string memo,uint256 twinId,uint32 nonce,uint40 deadline)");

    ITokenMetadata private immutable _METADATA;

    constructor(ITokenMetadata metadata) {
        _METADATA = metadata;
    }

    /// @inheritdoc IDigitalTwin
    function mint(Consent calldata consent, bytes calldata signature) external returns (uint256 twinId) {
        SignedBy.requireBefore(consent.deadline);
        bytes32 structHash = _hash(consent);
        twinId = _idOf(structHash);
        require(!_exists(twinId), TwinExists(twinId));
        consent.owner.requireSigned(_hashTypedData(structHash), signature);

        _mint(consent.owner, twinId);

        emit TwinMinted(twinId, consent.owner, consent);
        emit Locked(twinId);
    }

    /// @inheritdoc IDigitalTwin
    function setPolicy(Policy calldata policy, bytes calldata signature) external {
        bytes32 structHash = keccak256(
            abi.encode(
                POLICY_TYPEHASH,
                policy.memo,
                policy.twinId,
                policy.uses,
                policy.categories,
                policy.leastOwnerBps,
                policy.nonce,
                policy.deadline
            )
        );
        _ownersAct(policy.twinId, policy.nonce, policy.deadline, structHash, signature);
        require(!_has(policy.twinId, RETIRED), TwinIsRetired(policy.twinId));
        require(policy.leastOwnerBps <= WHOLE_BPS, LeastShareOverWhole(policy.leastOwnerBps));

        _setPolicyBits(
            policy.twinId,
            (uint96(policy.uses) << 48) | (uint96(policy.categories) << 16) | uint96(policy.leastOwnerBps)
        );

        emit PolicySet(policy.twinId, policy.uses, policy.categories, policy.leastOwnerBps);
    }

    /// @inheritdoc IDigitalTwin
    function raiseEpoch(EpochRaise calldata act, bytes calldata signature) external {
        bytes32 structHash = keccak256(abi.encode(EPOCH_RAISE_TYPEHASH, act.memo, act.twinId, act.nonce, act.deadline));
        Counters storage counters = _ownersAct(act.twinId, act.nonce, act.deadline, structHash, signature);

        uint32 epoch = _raiseEpoch(counters);

        emit EpochRaised(act.twinId, epoch);
    }

    /// @inheritdoc IDigitalTwin
    function raiseLeastSerial(SerialRaise calldata act, bytes calldata signature) external {
        bytes32 structHash = keccak256(
            abi.encode(SERIAL_RAISE_TYPEHASH, act.memo, act.twinId, act.leastSerial, act.nonce, act.deadline)
        );
        Counters storage counters = _ownersAct(act.twinId, act.nonce, act.deadline, structHash, signature);
        require(act.leastSerial > counters.leastSerial, SerialNotHigher(act.leastSerial, counters.leastSerial));

        counters.leastSerial = act.leastSerial;

        emit LeastSerialRaised(act.twinId, act.leastSerial);
    }

    /// @inheritdoc IDigitalTwin
    function retire(Retirement calldata act, bytes calldata signature) external {
        bytes32 structHash = keccak256(abi.encode(RETIREMENT_TYPEHASH, act.memo, act.twinId, act.nonce, act.deadline));
        _ownersAct(act.twinId, act.nonce, act.deadline, structHash, signature);
        require(!_has(act.twinId, RETIRED), TwinIsRetired(act.twinId));

        // A license contract reads the policy at every grant: that it allows nothing is all it need know.
        _setPolicyBits(act.twinId, 0);
        _mark(act.twinId, RETIRED);

        emit TwinRetired(act.twinId);
    }

    /// @inheritdoc IDigitalTwin
    function authority(uint256 twinId) public view returns (Authority memory) {
        address owner = _knownOwnerOf(twinId);
        uint96 policy = _getExtraData(twinId) >> POLICY_AT;
        Counters memory counters = _counters[twinId];
        return Authority({
            owner: owner,
            epoch: counters.epoch,
            nonce: counters.nonce,
            leastSerial: counters.leastSerial,
            // The casts cut the policy's word into its fields.
            uses: uint32(policy >> 48),
            categories: uint32(policy >> 16),
            leastOwnerBps: uint16(policy)
        });
    }

    /// @inheritdoc IDigitalTwin
    function payeeOf(uint256 twinId) external view returns (address owner) {
        owner = _knownOwnerOf(twinId);
        if (moveOf(twinId).to != address(0)) owner = address(0);
    }

    /// @inheritdoc IDigitalTwin
    function isRetired(uint256 twinId) external view returns (bool) {
        _knownOwnerOf(twinId);
        return _has(twinId, RETIRED);
    }

    /// @inheritdoc IDigitalTwin
    function twinIdOf(Consent calldata consent) external view returns (uint256) {
        return _idOf(_hash(consent));
    }

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view returns (bool) {
        _knownOwnerOf(tokenId);
        return true;
    }

    /// @inheritdoc ERC721
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IERC5192).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @inheritdoc ERC721
    function name() public pure override returns (string memory) {
        return "TwinRights Twin";
    }

    /// @inheritdoc ERC721
    function symbol() public pure override returns (string memory) {
        return "TWIN";
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 id) public view override returns (string memory) {
        return _METADATA.twinURI(id, authority(id), _has(id, RETIRED), moveOf(id).to);
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("TwinRights Twin", "1");
    }
}
